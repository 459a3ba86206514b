package org.layerj.io.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** A PSD of 8-bit RGB, made byte by byte: layers of one colour, groups, masks, and whatever blocks a test wants. */
final class MadePsd {

	private final int width;
	private final int height;
	private final ByteArrayOutputStream resources = new ByteArrayOutputStream();
	private final ByteArrayOutputStream records = new ByteArrayOutputStream();
	private final ByteArrayOutputStream channels = new ByteArrayOutputStream();
	private int count;

	MadePsd(final int width, final int height) {
		this.width = width;
		this.height = height;
	}

	/** What a layer may have besides its pixels. */
	static final class Look {

		int opacity = 255;
		boolean clipped;
		boolean hidden;
		String blend = "norm";
		byte[] ranges = new byte[0];
		byte[] mask = new byte[0];
		byte[] maskLevels = new byte[0];
		final ByteArrayOutputStream blocks = new ByteArrayOutputStream();

		Look opacity(final int level) {
			opacity = level;
			return this;
		}

		Look clipped() {
			clipped = true;
			return this;
		}

		Look hidden() {
			hidden = true;
			return this;
		}

		Look blend(final String mode) {
			blend = mode;
			return this;
		}

		Look ranges(final int... values) {
			final ByteBuffer b = ByteBuffer.allocate(4 * values.length);
			for (final int v : values) b.putInt(v);
			ranges = b.array();
			return this;
		}

		/** A mask of one level in a rectangle; {@code more} are density and feather, if any. */
		Look mask(final int left, final int top, final int right, final int bottom, final int level, final int outside,
			final boolean off, final double... more)
		{
			final ByteBuffer b = ByteBuffer.allocate(40);
			b.putInt(top)
				.putInt(left)
				.putInt(bottom)
				.putInt(right)
				.put((byte) outside)
				.put((byte) ((off ? 2 : 0) | (more.length > 0 ? 0x10 : 0)));
			if (more.length > 0) b.put((byte) (more.length == 1 ? 1 : 3)).put((byte) more[0]);
			if (more.length > 1) b.putDouble(more[1]);
			mask = Arrays.copyOf(b.array(), Math.max(20, b.position()));
			maskLevels = new byte[(right - left) * (bottom - top)];
			Arrays.fill(maskLevels, (byte) level);
			return this;
		}

		Look block(final String key, final int... bytes) {
			blocks.writeBytes(("8BIM" + key).getBytes(StandardCharsets.ISO_8859_1));
			blocks.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
			for (final int b : bytes) blocks.write(b);
			return this;
		}
	}

	MadePsd resource(final int id, final byte[] data) {
		resources.writeBytes(ByteBuffer.allocate(12)
			.put("8BIM".getBytes(StandardCharsets.ISO_8859_1))
			.putShort((short) id)
			.putShort((short) 0)
			.putInt(data.length)
			.array());
		resources.writeBytes(data);
		if (data.length % 2 == 1) resources.write(0);
		return this;
	}

	/** A layer of one colour {@code 0xAARRGGBB}. */
	MadePsd layer(final String name, final int left, final int top, final int right, final int bottom, final int argb,
		final Look look)
	{
		final int n = (right - left) * (bottom - top);
		final boolean masked = look.mask.length > 0;
		count++;
		records.writeBytes(ByteBuffer.allocate(18)
			.putInt(top)
			.putInt(left)
			.putInt(bottom)
			.putInt(right)
			.putShort((short) (masked ? 5 : 4))
			.array());
		for (int c = -1; c < 3; c++) {
			records.writeBytes(ByteBuffer.allocate(6).putShort((short) c).putInt(n + 2).array());
			final byte[] plane = new byte[n + 2];
			Arrays.fill(plane, 2, n + 2, (byte) (argb >> (c < 0 ? 24 : 16 - 8 * c)));
			channels.writeBytes(plane);
		}
		if (masked) {
			records.writeBytes(ByteBuffer.allocate(6).putShort((short) -2).putInt(look.maskLevels.length + 2).array());
			channels.writeBytes(new byte[2]);
			channels.writeBytes(look.maskLevels);
		}
		records.writeBytes(("8BIM" + look.blend).getBytes(StandardCharsets.ISO_8859_1));
		records.writeBytes(
			new byte[] { (byte) look.opacity, (byte) (look.clipped ? 1 : 0), (byte) (look.hidden ? 2 : 0), 0 });
		final byte[] pascal = new byte[(name.length() + 4) / 4 * 4];
		pascal[0] = (byte) name.length();
		System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, pascal, 1, name.length());
		final ByteArrayOutputStream extra = new ByteArrayOutputStream();
		extra.writeBytes(ByteBuffer.allocate(4).putInt(look.mask.length).array());
		extra.writeBytes(look.mask);
		extra.writeBytes(ByteBuffer.allocate(4).putInt(look.ranges.length).array());
		extra.writeBytes(look.ranges);
		extra.writeBytes(pascal);
		extra.writeBytes(look.blocks.toByteArray());
		records.writeBytes(ByteBuffer.allocate(4).putInt(extra.size()).array());
		records.writeBytes(extra.toByteArray());
		return this;
	}

	MadePsd layer(final String name, final int left, final int top, final int right, final int bottom, final int argb) {
		return layer(name, left, top, right, bottom, argb, new Look());
	}

	/** From here on layers are in a group, until {@link #end}. */
	MadePsd begin() {
		return layer("</Layer group>", 0, 0, 0, 0, 0, new Look().block("lsct", 0, 0, 0, 3));
	}

	MadePsd end(final String name, final String mode, final Look look) {
		return layer(name, 0, 0, 0, 0, 0, look.block("lsct", 0, 0, 0, 1, '8', 'B', 'I', 'M', mode.charAt(0),
			mode.charAt(1), mode.charAt(2), mode.charAt(3)));
	}

	/**
	 * The file; its preview is what a function says of each pixel, {@code 0xRRGGBB}, with further channels of zeros.
	 */
	byte[] bytes(final IntBinaryOperator preview, final int moreChannels) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes("8BPS\0\1\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
		out.writeBytes(ByteBuffer.allocate(18)
			.putShort((short) (3 + moreChannels))
			.putInt(height)
			.putInt(width)
			.putShort((short) 8)
			.putShort((short) 3)
			.putInt(0)
			.array());
		out.writeBytes(ByteBuffer.allocate(4).putInt(resources.size()).array());
		out.writeBytes(resources.toByteArray());
		final int info = 2 + records.size() + channels.size();
		if (count == 0) out.writeBytes(new byte[4]);
		else {
			out.writeBytes(ByteBuffer.allocate(10).putInt(info + 8).putInt(info).putShort((short) count).array());
			out.writeBytes(records.toByteArray());
			out.writeBytes(channels.toByteArray());
			out.writeBytes(new byte[4]);
		}
		out.writeBytes(new byte[2]);
		for (int c = 0; c < 3 + moreChannels; c++)
			for (int y = 0; y < height; y++)
				for (int x = 0; x < width; x++) out.write(c < 3 ? preview.applyAsInt(x, y) >> 16 - 8 * c : 0);
		return out.toByteArray();
	}
}
