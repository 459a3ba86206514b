package org.layerj.cli;

import org.layerj.checkpoint.ModelFiles;

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

	Report of(ModelFiles files);
}
