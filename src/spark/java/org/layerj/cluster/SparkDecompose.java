package org.layerj.cluster;

import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Decomposes a folder or a list of pictures with Apache Spark, one task a picture: on this computer by
 * {@code -Dspark.master=local[8]}, or on any cluster by {@code spark-submit}. What is done with a picture, and what is
 * recorded, is what the command line does with {@code --shard}.
 * <p>
 * A task that dies (its machine, its Java, an error that no program foresees) is tried again by Spark as often as
 * {@code spark.task.maxFailures} says, then recorded as a picture that failed.
 */
@Command(name = "spark-decompose", sortOptions = false, mixinStandardHelpOptions = true,
	description = { "Decomposes many pictures into RGBA layers with Apache Spark.", "" },
	footer = { "", "Exit codes: 0 everything was written, 1 some or all could not be done, 2 wrong usage." })
public final class SparkDecompose implements Callable<Integer> {

	private static final int OK = 0, FAILED = 1, USAGE = 2;
	private static final Pattern LOCAL = Pattern.compile("local\\[[^,]+,\\s*(\\d+)\\s*\\]");

	@Parameters(paramLabel = "PICTURES", description = {
		"A folder of pictures, or a text file (.txt) with a path in each line;",
		"hdfs://, s3a:// and the like are folders of Hadoop's file systems" })
	private String pictures = "";

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "Where results go, a folder that every machine sees; also hdfs:// and the like")
	private String output = "";

	@Option(names = "--retries", paramLabel = "N", description = "How often a picture that fails is tried again")
	private int retries = 1;

	@Option(names = "--models", paramLabel = "N",
		description = "How many pictures one executor works on at a time, each with a model of its own; 1 if not given")
	private int models = 1;

	@Option(names = { "--dryRun", "--dry-run" },
		description = "Only print which pictures would be decomposed, and to where")
	private boolean dryRun;

	@Mixin
	private RunOptions run = new RunOptions();

	private final PrintStream out;
	private final PrintStream err;

	/** What is done with a picture on an executor; a test may do more. */
	@FunctionalInterface
	interface Task extends Serializable {

		/** @throws RuntimeException if there is nothing to record, since no picture could be done */
		Batch.Result run(Places.Item item);
	}

	SparkDecompose(final PrintStream out, final PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/** Starts it from a command line. */
	public static void main(final String... args) {
		System.exit(run(System.out, System.err, args));
	}

	/** Runs one command line; never throws. Returns the exit code. */
	static int run(final PrintStream out, final PrintStream err, final String... args) {
		final SparkDecompose command = new SparkDecompose(out, err);
		return new CommandLine(command).setOut(new java.io.PrintWriter(out, true))
			.setErr(new java.io.PrintWriter(err, true))
			.setExecutionExceptionHandler((e, line, result) -> {
				err.println(Problem.message(e));
				return e instanceof InvalidOptionException ? USAGE : FAILED;
			})
			.execute(args);
	}

	@Override
	public Integer call() {
		final RunPlan plan = run.plan(run.repeat());
		// What is wrong with the options is said here, not on some executor.
		plan.run((decomposition, name, stream) -> {});
		plan.modelName()
			.server()
			.ifPresent(s -> err.println("Pictures are sent to " + s.origin() + ", where whoever runs it can see them."));
		if (retries < 0 || retries > 99) throw new InvalidOptionException("retries",
			"The option retries must be a whole number from 0 to 99, not " + retries + ".");
		if (models < 1 || models > 999) throw new InvalidOptionException("models",
			"The option models must be a whole number from 1 to 999, not " + models + ".");
		final List<Places.Item> items = Places.items(pictures, output);
		if (dryRun) {
			items.forEach(i -> out.println(i.file() + " -> " + Places.target(output, i)));
			return OK;
		}
		final SparkConf conf = new SparkConf().setAppName("Decompose Layers");
		if (!conf.contains("spark.master")) throw new InvalidOptionException("master",
			"Say where to work: -Dspark.master=local[8] for eight processors of this computer, or start it by "
				+ "spark-submit.");
		final int perExecutor = models;
		final int again = retries;
		final String target = output;
		try (JavaSparkContext spark = new JavaSparkContext(conf)) {
			return run(spark, items, item -> OnExecutor.run(plan, perExecutor, again, target, item));
		}
	}

	/** Does all of them, and says how it went. */
	int run(final JavaSparkContext spark, final List<Places.Item> items, final Task task) {
		final int tries = tries(spark.getConf());
		final Function2<TaskContext, Iterator<Places.Item>, Batch.Result> work =
			(Function2<TaskContext, Iterator<Places.Item>, Batch.Result> & Serializable) (context,
				some) -> once(task, some.next(), context.attemptNumber() + 1 >= tries);
		try (Places.Record record = Places.record(output, items.size())) {
			final Function2<Object, Batch.Result, BoxedUnit> took = (index, result) -> {
				record.add(result);
				if (result.state() == Batch.State.FAILED) err.println(result.picture() + ": " + result.message());
				return BoxedUnit.UNIT;
			};
			spark.sc()
				.runJob(spark.parallelize(new ArrayList<>(items), items.size()).rdd(), work,
					JavaConverters.asScalaBuffer(
						IntStream.range(0, items.size()).boxed().map(k -> (Object) k).collect(Collectors.toList()))
						.toSeq(),
					took, ClassTag$.MODULE$.apply(Batch.Result.class));
			final Batch.Outcome outcome = record.outcome();
			out.println("Decomposed " + outcome.done() + " pictures into " + output + ", " + outcome.skipped()
				+ " were there, " + outcome.failed() + " failed.");
			if (outcome.failed() > 0) err.println(outcome.failed() + " of " + items.size() + " pictures failed; "
				+ record.name() + " says why.");
			return outcome.failed() > 0 ? FAILED : OK;
		}
		catch (final RuntimeException e) {
			throw e;
		}
		catch (final Exception e) {
			// Scala does not say what it throws.
			throw failure(e);
		}
	}

	/** The option that nothing works with is found on an executor only, which sends its words. */
	private static RuntimeException failure(final Exception e) {
		final String words = String.valueOf(e.getMessage());
		final Matcher invalid =
			Pattern.compile(InvalidOptionException.class.getName() + ": ([^\\n]*)").matcher(words);
		if (invalid.find()) return new InvalidOptionException("options", invalid.group(1));
		// What went wrong here, such as a record that cannot be written.
		if (Problem.isExpected(e)) return new DecompositionException(Problem.message(e), e);
		return new DecompositionException(e instanceof SparkException
			? "Spark has given up; what is done stays, so start it again by the same line (" + words.lines()
				.findFirst()
				.orElse("") + ")."
			: "Spark failed: " + words.lines().findFirst().orElse(""), e);
	}

	/** A task once; one that dies is left to Spark, if that will try again. */
	private static Batch.Result once(final Task task, final Places.Item item, final boolean last) {
		try {
			return task.run(item);
		}
		catch (final InvalidOptionException e) {
			throw e;
		}
		catch (final RuntimeException | Error e) {
			if (last) return new Batch.Result(item.name(), Batch.State.FAILED, Problem.message(e));
			// Not an error as such, nor caused by one: of some kinds Spark ends the whole Java, which may be the driver's.
			final IllegalStateException died = new IllegalStateException(e.toString());
			died.setStackTrace(e.getStackTrace());
			throw died;
		}
	}

	/** How often Spark tries a task. */
	static int tries(final SparkConf conf) {
		final String master = conf.get("spark.master", "");
		final Matcher local = LOCAL.matcher(master);
		if (local.matches()) return Integer.parseInt(local.group(1));
		return master.startsWith("local") && !master.startsWith("local-cluster") ? 1
			: conf.getInt("spark.task.maxFailures", 4);
	}

	/** For tests: where results go. */
	SparkDecompose into(final Path folder) {
		output = folder.toString();
		return this;
	}
}
