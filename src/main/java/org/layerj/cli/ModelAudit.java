package org.layerj.cli;

import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.decompose.Computer;

/** What {@code --check} does. */
@FunctionalInterface
interface ModelAudit {

	/**
	 * What was found.
	 *
	 * @param ok whether the model can be run
	 * @param text for people, several lines
	 */
	record Report(boolean ok, String text) {}

	/**
	 * @param files the model, complete or not
	 * @param device that a run would use: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 */
	Report of(ModelFiles files, String device);

	/** The real one: reads headers and configurations. */
	static Report check(final ModelFiles files, final String device) {
		final ModelCheck check = ModelCheck.of(files, Computer.with(device));
		return new Report(check.ok(), check.report());
	}
}
