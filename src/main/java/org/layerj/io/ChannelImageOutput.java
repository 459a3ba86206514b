package org.layerj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.imageio.stream.ImageOutputStreamImpl;

/**
 * An open file as output of ImageIO's writers. ImageIO's own stream would open the file by name, and so create it again
 * if it has been removed. Closing this stream leaves the channel open.
 */
public final class ChannelImageOutput extends ImageOutputStreamImpl {

	private final FileChannel channel;

	/**
	 * Writes from the file's beginning; the channel's own position is neither used nor moved.
	 *
	 * @param channel open for writing; stays open
	 */
	public ChannelImageOutput(final FileChannel channel) {
		this.channel = channel;
	}

	@Override
	public int read() throws IOException {
		final byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(final byte[] bytes, final int from, final int length) throws IOException {
		checkClosed();
		bitOffset = 0;
		final int n = channel.read(ByteBuffer.wrap(bytes, from, length), streamPos);
		if (n > 0) streamPos += n;
		return n;
	}

	@Override
	public void write(final int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(final byte[] bytes, final int from, final int length) throws IOException {
		flushBits();
		final ByteBuffer all = ByteBuffer.wrap(bytes, from, length);
		while (all.hasRemaining()) streamPos += channel.write(all, streamPos);
	}

	@Override
	public long length() {
		try {
			checkClosed();
			return channel.size();
		}
		catch (final IOException e) {
			return -1;
		}
	}
}
