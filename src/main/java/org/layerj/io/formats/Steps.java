package org.layerj.io.formats;

import java.util.List;
import org.layerj.common.Progress;

/** How far the writing of a file is, measured in bytes of pixels. */
final class Steps {

	private static final long STRIDE = 1 << 18;

	private final Progress progress;
	private final long total;
	private final String message;
	private long done;
	private long reported;

	Steps(final Progress progress, final String message, final long total) {
		this.progress = progress;
		this.total = Math.max(1, total);
		this.message = message;
		progress.plan(List.of(new Progress.Phase("export", 1)));
		progress.phase("export");
		progress.check();
	}

	/** So many bytes more are done; stops the job if that is wanted. */
	void step(final long bytes) {
		done += bytes;
		if (done - reported < STRIDE) return;
		reported = done;
		progress.check();
		progress.update(Math.min(1, (double) done / total), message);
	}
}
