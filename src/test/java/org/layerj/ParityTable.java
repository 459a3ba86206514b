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

/** Writes docs/PARITY.md from what the last test run measured ({@code target/parity.tsv}). */
public final class ParityTable {

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
		out.add("# Parity with the original libraries");
		out.add("");
		out.add("Largest absolute differences between our network and diffusers/transformers on the golden fixtures");
		out.add(
			"(`src/test/resources/org/layerj/fixtures`, made by `training/make_fixtures.py`). Tests fail beyond 1e-5 (or 3e-6 of the largest value, if that is more) + 1e-4 · |expected| in");
		out.add(
			"float32 and 2e-2 of the largest value in bfloat16 unless a row says otherwise. `0` of `0` marks comparisons that must be exact.");
		out.add(
			"Made by `mvn test` and `mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.ParityTable`.");
		out.add("");
		out.add("| fixture | comparisons | values | largest float32 error | largest bfloat16 error |");
		out.add("|---|---|---|---|---|");
		fixtures.forEach((name,
			rows) -> out.add(String.format(Locale.ROOT, "| %s | %d | %d | %s | %s |", name, rows.size(),
				rows.values().stream().mapToLong(Row::values).sum(),
				worst(rows.values().stream().filter(r -> !isHalf(r)).toList()),
				worst(rows.values().stream().filter(ParityTable::isHalf).toList()))));
		out.add("");
		out.add(
			"Of 21-stored-types, weights in GGUF's types and 8-bit floats, the limit is 1e-6. 22-single-files compares the forms of one model with each other:");
		out.add(
			"single files in 16 bits give the same layers as the diffusers folder, bit for bit (`SingleFilesTest`).");
		out.add("");
		out.add("15-training-step is recorded but not compared yet: training in Java has no door so far.");
		for (final Map.Entry<String, Map<String, Row>> e : fixtures.entrySet()) {
			out.add("");
			out.add("## " + e.getKey());
			out.add("");
			out.add("| compared | values | largest error | largest value |");
			out.add("|---|---|---|---|");
			for (final Row r : e.getValue().values())
				out.add(String.format(Locale.ROOT, "| %s | %d | %.1e | %.3g |", r.what(), r.values(), r.error(),
					r.magnitude()));
		}
		Files.write(Path.of("docs", "PARITY.md"), out);
	}

	private static boolean isHalf(final Row row) {
		return row.what().contains("bf16") || row.what().contains("bfloat16");
	}

	private static String worst(final List<Row> rows) {
		return rows.isEmpty() ? "–"
			: String.format(Locale.ROOT, "%.1e", rows.stream().mapToDouble(Row::error).max().orElse(0));
	}
}
