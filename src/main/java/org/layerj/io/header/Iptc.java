package org.layerj.io.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Terms;

/**
 * The older of the IPTC's ways to say who made a picture, records in binary (IIM 4.2), alone or in Photoshop's image
 * resources. They have no field for how a picture came about; what generators write there is the credit line.
 */
public final class Iptc {

	private static final int BY_LINE = 80, CREDIT = 110, COPYRIGHT = 116;
	private static final int RESOURCE = 0x0404;

	private Iptc() {}

	/**
	 * What records say; nothing if they are damaged.
	 *
	 * @param records of IPTC-IIM
	 * @return the origin
	 */
	public static PictureOrigin read(final byte[] records) {
		final List<String> creators = new ArrayList<>();
		Optional<String> rights = Optional.empty();
		Optional<String> credit = Optional.empty();
		boolean utf8 = false;
		for (int at = 0; at + 5 <= records.length && records[at] == 0x1c;) {
			final int record = records[at + 1];
			final int set = records[at + 2] & 0xff;
			final int length = (records[at + 3] & 0xff) << 8 | records[at + 4] & 0xff;
			if (length > 0x7fff || at + 5 + length > records.length) break;
			final String text =
				new String(records, at + 5, length, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)
					.strip();
			at += 5 + length;
			// The escape sequence that announces UTF-8.
			if (record == 1 && set == 90) utf8 = text.equals("\u001b%G");
			if (record != 2 || text.isEmpty()) continue;
			if (set == BY_LINE) creators.add(text);
			else if (set == CREDIT) credit = Optional.of(text);
			else if (set == COPYRIGHT) rights = Optional.of(text);
		}
		return new PictureOrigin("", "", "", credit.flatMap(Terms::ofCredit), creators, rights, credit, List.of(),
			Optional.empty());
	}

	/** What is found in Photoshop's image resources, as a JPEG holds them. */
	static PictureOrigin ofResources(final byte[] resources) {
		for (int at = 0; at + 12 <= resources.length;) {
			if (!new String(resources, at, 4, StandardCharsets.ISO_8859_1).equals("8BIM")) break;
			final int id = number(resources, at + 4, 2);
			final int name = (resources[at + 6] & 0xff) + 1;
			final int data = at + 6 + name + name % 2;
			if (data + 4 > resources.length) break;
			final int length = number(resources, data, 4);
			if (length < 0 || length > resources.length - data - 4) break;
			if (id == RESOURCE) return read(Arrays.copyOfRange(resources, data + 4, data + 4 + length));
			at = data + 4 + length + length % 2;
		}
		return PictureOrigin.NONE;
	}

	private static int number(final byte[] bytes, final int at, final int count) {
		int n = 0;
		for (int i = 0; i < count; i++) n = n << 8 | bytes[at + i] & 0xff;
		return n;
	}
}
