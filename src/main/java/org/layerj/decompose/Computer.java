package org.layerj.decompose;

import org.layerj.checkpoint.Machine;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.Torch;
import org.layerj.torch.TorchUnavailableException;

/** The computer as a model check sees it, with the graphics card a run would use. */
public final class Computer {

	private Computer() {}

	/**
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}; a card that does not exist, or that
	 * PyTorch cannot use, counts as none
	 * @return its memory, and that of the card
	 */
	public static Machine with(final String device) {
		final Machine here = Machine.here();
		if (device.equals("cpu")) return here;
		try {
			final int card = device.contains(":") ? Integer.parseInt(device.substring(device.indexOf(':') + 1)) : 0;
			return card < Torch.gpuCount() ? here.withGpu(Memory.free(Device.cuda(card))) : here;
		}
		catch (final TorchUnavailableException e) {
			return here;
		}
	}
}
