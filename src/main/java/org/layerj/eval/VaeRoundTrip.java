package org.layerj.eval;

import java.util.List;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.model.RgbaVae;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/** A model's RGBA-VAE alone: pictures to latents and back, on the processor in float32, as in a decomposition there. */
final class VaeRoundTrip implements AutoCloseable {

	private final RgbaVae vae;

	VaeRoundTrip(final ModelFiles files) {
		vae = new RgbaVae(VaeConfig.read(files),
			new Weights(Component.open(files, VaeConfig.FOLDER), Device.CPU, DType.F32));
	}

	/** The largest part of the picture, from its upper left corner, whose sides the VAE can take. */
	RgbaImage fit(final RgbaImage picture) {
		final int scale = vae.config().scale();
		return picture.crop(new Bounds(0, 0, picture.width() / scale * scale, picture.height() / scale * scale));
	}

	/** A picture that {@link #fit}s, encoded and decoded. */
	RgbaImage of(final RgbaImage picture) {
		final int n = picture.width() * picture.height();
		final byte[] all = new byte[4 * n];
		for (int c = 0; c < 4; c++) System.arraycopy(picture.plane(c), 0, all, c * n, n);
		try (Scope scope = Torch.scope()) {
			final Tensor pixels = vae.fromBytes(scope, Tensors.of(scope, all, 1, 4, picture.height(), picture.width()));
			final byte[] out =
				vae.toBytes(scope, vae.decode(scope, vae.encode(scope, pixels, () -> {}), () -> {})).toBytes();
			final List<byte[]> planes = List.of(new byte[n], new byte[n], new byte[n], new byte[n]);
			for (int c = 0; c < 4; c++) System.arraycopy(out, c * n, planes.get(c), 0, n);
			return RgbaImage.ofPlanes(picture.width(), picture.height(), planes.get(0), planes.get(1), planes.get(2),
				planes.get(3));
		}
	}

	@Override
	public void close() {
		vae.close();
	}
}
