package org.layerj.checkpoint;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code scheduler/scheduler_config.json}: the noise schedule of flow matching.
 *
 * @param trainTimesteps model timestep at σ = 1
 * @param dynamicShift whether the schedule depends on the picture's size through mu
 * @param shift static shift, used where dynamicShift is off
 * @param exponential exponential instead of linear dynamic shift
 * @param terminal last σ before 0, if the schedule is stretched to end there
 */
public record SchedulerConfig(int trainTimesteps, boolean dynamicShift, double shift, boolean exponential,
	Optional<Double> terminal)
{

	/**
	 * The pipeline computes its own shift from the number of tokens, so these bounds of a shift are not used by it
	 * either.
	 */
	private static final OtherKeys OTHERS =
		new OtherKeys().unused("base_shift", "max_shift", "base_image_seq_len", "max_image_seq_len");

	public static SchedulerConfig read(final ModelFiles files) {
		return read(files, note -> {});
	}

	/** @param notes receives the keys that are not used */
	static SchedulerConfig read(final ModelFiles files, final Consumer<String> notes) {
		final ConfigFile c = ConfigFile.read(files, "scheduler/scheduler_config.json");
		final String kind = c.text("_class_name", "FlowMatchEulerDiscreteScheduler");
		if (!kind.equals("FlowMatchEulerDiscreteScheduler")) throw new ModelException("The scheduler " + Json.show(kind)
			+ " of model " + files.name() + " is not supported; only FlowMatchEulerDiscreteScheduler is.");
		for (final String other : new String[] { "use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas",
			"invert_sigmas", "stochastic_sampling" })
		{
			if (c.flag(other, false)) throw c.wrong(other, "false; this kind of schedule is not supported");
		}
		final String type = c.text("time_shift_type", "exponential");
		if (!type.equals("exponential") && !type.equals("linear"))
			throw c.wrong("time_shift_type", "\"linear\" or \"exponential\"");
		if (!(c.number("shift", 1) > 0)) throw c.wrong("shift", "above 0");
		final Optional<Double> terminal = c.optionalNumber("shift_terminal").filter(t -> t != 0);
		if (terminal.isPresent() && !(terminal.get() > 0 && terminal.get() < 1))
			throw c.wrong("shift_terminal", "between 0 and 1, or false");
		final SchedulerConfig s = new SchedulerConfig(c.size("num_train_timesteps", 1000),
			c.flag("use_dynamic_shifting", false), c.number("shift", 1), type.equals("exponential"), terminal);
		c.rest(OTHERS, notes);
		return s;
	}
}
