package org.layerj.decompose;

import java.util.List;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.model.SizeRule;
import org.layerj.torch.DType;
import org.layerj.torch.Device;

/** What a run costs in time and memory. */
final class RunCost {

	static final String LOAD = "load";
	static final String ENCODE = "encode";
	static final String PROMPT = "prompt";
	static final String DENOISE = "denoise";
	static final String DECODE = "decode";

	RunCost(final ModelFiles files, final Device device, final DType dtype) {}

	String modelHash() {
		return "";
	}

	Forecast forecast(final SizeRule size, final Settings s, final boolean guided) {
		return new Forecast(1, 0, 0, Long.MAX_VALUE, 0);
	}

	List<Progress.Phase> phases(final SizeRule size, final Settings s, final boolean guided) {
		return List.of(new Progress.Phase(LOAD, 1), new Progress.Phase(ENCODE, 1), new Progress.Phase(PROMPT, 1), new Progress.Phase(DENOISE, 5), new Progress.Phase(
			DECODE, 1));
	}

	boolean fitsResident(final SizeRule size, final Settings s) {
		return true;
	}
}
