package org.layerj.io.formats;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which people put files with numbers in their names: layer2 before layer10. Folders of a path are
 * compared one by one.
 */
final class NameOrder implements Comparator<String> {

	private static final Pattern PART = Pattern.compile("\\d+|\\D");

	@Override
	public int compare(final String a, final String b) {
		final Matcher m = PART.matcher(a);
		final Matcher n = PART.matcher(b);
		while (true) {
			final boolean more = m.find();
			if (more != n.find()) return more ? 1 : -1;
			if (!more) return a.compareTo(b);
			final int order = part(m.group(), n.group());
			if (order != 0) return order;
		}
	}

	private static int part(final String a, final String b) {
		final boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
		if (!numbers) {
			// Folders end where names go on.
			if (a.equals("/") != b.equals("/")) return a.equals("/") ? -1 : 1;
			return a.compareToIgnoreCase(b);
		}
		final String x = a.replaceFirst("^0+(?=\\d)", "");
		final String y = b.replaceFirst("^0+(?=\\d)", "");
		return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
	}
}
