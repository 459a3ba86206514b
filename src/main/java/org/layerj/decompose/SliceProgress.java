package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.layerj.common.Progress;

/**
 * One progress for several runs in a row: the slices of a stack. What the first run plans is planned for all; phases
 * are called {@code slice 2 of 5: denoise}. With one slice it passes everything on as it is.
 */
public final class SliceProgress implements Progress {

	private final Progress listener;
	private final int slices;
	private final boolean sameMasks;
	private boolean planned;
	private int slice = 1;

	/**
	 * @param listener receives the progress of the whole run
	 * @param slices how many there will be
	 * @param sameMasks whether only the first runs through the model
	 */
	public SliceProgress(final Progress listener, final int slices, final boolean sameMasks) {
		this.listener = listener;
		this.slices = slices;
		this.sameMasks = sameMasks;
	}

	/**
	 * Begins the slice with this number, counted from 1; throws if the run is to stop.
	 *
	 * @param number 1 … slices
	 */
	public void slice(final int number) {
		slice = number;
		check();
		if (sameMasks && number > 1) phase(REUSE);
	}

	private static final String REUSE = "reuse";

	@Override
	public void plan(final List<Phase> phases) {
		if (planned) return;
		planned = true;
		final List<Phase> all = new ArrayList<>();
		for (int k = 1; k <= slices; k++) {
			final int number = k;
			if (k > 1 && sameMasks)
				all.add(new Phase(name(k, REUSE), 0.05 * phases.stream().mapToDouble(Phase::seconds).sum()));
			else phases.forEach(p -> all.add(new Phase(name(number, p.name()), p.seconds())));
		}
		listener.plan(all);
	}

	@Override
	public void phase(final String phase) {
		listener.phase(name(slice, phase));
	}

	private String name(final int number, final String phase) {
		return slices == 1 ? phase : String.format(Locale.ROOT, "slice %d of %d: %s", number, slices, phase);
	}

	@Override
	public void update(final double fraction, final String message) {
		listener.update(fraction, message);
	}

	@Override
	public boolean cancelled() {
		return listener.cancelled();
	}
}
