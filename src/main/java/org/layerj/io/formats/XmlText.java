package org.layerj.io.formats;

/** Text as XML allows it. */
final class XmlText {

	private XmlText() {}

	/**
	 * What XML can hold of a text: control characters and halves of characters become U+FFFD, line breaks and tabs
	 * spaces.
	 */
	static String clean(final String text) {
		final StringBuilder out = new StringBuilder(text.length());
		text.codePoints().forEach(c -> {
			if (c == '\t' || c == '\n' || c == '\r') out.append(' ');
			else if (c < 0x20 || c >= 0xd800 && c < 0xe000 || c == 0xfffe || c == 0xffff) out.append('\ufffd');
			else out.appendCodePoint(c);
		});
		return out.toString();
	}

	/** Cleaned and escaped, for use between tags and in quotes. */
	static String of(final String text) {
		return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}
}
