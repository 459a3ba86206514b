package org.layerj.segment;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.layerj.layers.RgbaImage;

/**
 * Converts pictures to {@link SegmentGraph graphs} for the training programs, so that there is one implementation.
 * Reads from standard input, until its end, width, height (big-endian int) and width · height RGBA bytes; writes for
 * each picture, all big-endian: segments, nodes, edges (int), level sizes (3 int), labels (int, width · height),
 * parents (int), area (float), node numbers (float), patches (bytes), from, to (int), edge numbers (float).
 */
public final class GraphStream {

	private GraphStream() {}

	/**
	 * Converts pictures from standard input until it ends.
	 *
	 * @param args ignored
	 * @throws IOException if a stream fails
	 */
	public static void main(final String[] args) throws IOException {
		final DataInputStream in = new DataInputStream(System.in);
		final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 20));
		while (true) {
			final int width;
			try {
				width = in.readInt();
			}
			catch (final EOFException e) {
				return;
			}
			final int height = in.readInt();
			final byte[] pixels = new byte[4 * width * height];
			in.readFully(pixels);
			final byte[][] planes = new byte[4][width * height];
			for (int i = 0; i < pixels.length; i++) planes[i % 4][i / 4] = pixels[i];
			write(SegmentGraph.of(RgbaImage.ofPlanes(width, height, planes[0], planes[1], planes[2], planes[3])), out);
			out.flush();
		}
	}

	private static void write(final SegmentGraph graph, final DataOutputStream out) throws IOException {
		out.writeInt(graph.segmentCount());
		out.writeInt(graph.size());
		out.writeInt(graph.from().length);
		write(out, graph.levels());
		write(out, graph.segments().labels());
		write(out, graph.parents());
		write(out, graph.area());
		write(out, graph.nodes());
		out.write(graph.patches());
		write(out, graph.from());
		write(out, graph.to());
		write(out, graph.edges());
	}

	private static void write(final DataOutputStream out, final int[] values) throws IOException {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
		bytes.asIntBuffer().put(values);
		out.write(bytes.array());
	}

	private static void write(final DataOutputStream out, final float[] values) throws IOException {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
		bytes.asFloatBuffer().put(values);
		out.write(bytes.array());
	}
}
