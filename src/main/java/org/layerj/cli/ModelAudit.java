package org.layerj.cli;

import org.layerj.checkpoint.ModelCheck;
import org.layerj.decompose.Computer;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.ModelReport;

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
	 * @param model the model, complete or not
	 * @param device that a run would use: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 */
	Report of(ModelName model, String device);

	/** The real one: reads headers and configurations, or asks a server. */
	static Report check(final ModelName model, final String device) {
		if (model.server().isPresent()) {
			final ModelReport report = ModelReport.of(model, device);
			return new Report(report.ok(), report.text());
		}
		final ModelCheck check = ModelCheck.of(model.files(), Computer.with(device));
		return new Report(check.ok(), check.report());
	}
}
