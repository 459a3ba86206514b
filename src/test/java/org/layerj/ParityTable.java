package org.layerj;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * From what the last test run measured ({@code target/parity.tsv}): a line for each fixture into docs/RESULTS.md,
 * between the marks, and every comparison into {@code target/parity.md}.
 */
public final class ParityTable {

	private static final Path RESULTS = Path.of("docs", "RESULTS.md");
	private static final String BEGIN = "<!-- parity: begin -->\n";
	private static final String END = "<!-- parity: end -->";

	private record Row(String what, long values, double error, double magnitude) {}

	private ParityTable() {}

	public static void main(final String[] args) throws IOException {
		final Map<String, Map<String, Row>> fixtures = new TreeMap<>();
		for (final String line : Files.readAllLines(Path.of("target", "parity.tsv"))) {
			final String[] f = line.split("\t");
			final Row row = new Row(f[1], Long.parseLong(f[2]), Double.parseDouble(f[3]), Double.parseDouble(f[4]));
			fixtures.computeIfAbsent(f[0], k -> new LinkedHashMap<>())
				.merge(row.what(), row, (a, b) -> a.error() >= b.error() ? a : b);
		}
		final List<String> out = new ArrayList<>();
		out.add("| fixture | comparisons | values | largest float32 error | largest bfloat16 error |");
		out.add("|---|---|---|---|---|");
		fixtures.forEach((name,
			rows) -> out.add(String.format(Locale.ROOT, "| %s | %d | %d | %s | %s |", name, rows.size(),
				rows.values().stream().mapToLong(Row::values).sum(),
				worst(rows.values().stream().filter(r -> !isHalf(r)).toList()),
				worst(rows.values().stream().filter(ParityTable::isHalf).toList()))));
		final String results = Files.readString(RESULTS);
		Files.writeString(RESULTS, results.substring(0, results.indexOf(BEGIN) + BEGIN.length())
			+ String.join("\n", out) + "\n" + results.substring(results.indexOf(END)));

		final List<String> all = new ArrayList<>();
		for (final Map.Entry<String, Map<String, Row>> e : fixtures.entrySet()) {
			all.add("## " + e.getKey());
			all.add("");
			all.add("| compared | values | largest error | largest value |");
			all.add("|---|---|---|---|");
			for (final Row r : e.getValue().values())
				all.add(String.format(Locale.ROOT, "| %s | %d | %.1e | %.3g |", r.what(), r.values(), r.error(),
					r.magnitude()));
			all.add("");
		}
		Files.write(Path.of("target", "parity.md"), all);
	}

	private static boolean isHalf(final Row row) {
		return row.what().contains("bf16") || row.what().contains("bfloat16");
	}

	private static String worst(final List<Row> rows) {
		return rows.isEmpty() ? "–"
			: String.format(Locale.ROOT, "%.1e", rows.stream().mapToDouble(Row::error).max().orElse(0));
	}
}
