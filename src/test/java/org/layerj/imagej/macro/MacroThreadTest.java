package org.layerj.imagej.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MacroThreadTest {

	/** Does something in the thread of a macro; notes {@code ran} if it came to its end. */
	private static List<String> during(final Runnable inMacro) {
		final List<String> seen = new CopyOnWriteArrayList<>();
		Macros.run(new ImagePlus("cells.tif", new ByteProcessor(2, 2)), "", () -> {
			assertTrue(IJ.isMacro());
			inMacro.run();
			seen.add("ran");
		});
		return seen;
	}

	/** What a supplier says in a new thread of this name. */
	private static <T> T in(final String name, final Supplier<T> supplier) {
		final CompletableFuture<T> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(supplier.get());
			}
			catch (final Throwable t) {
				result.completeExceptionally(t);
			}
		}, name).start();
		return result.join();
	}

	@Test
	void whoeverIsCalledByAMacroKnowsIt() {
		assertEquals(List.of("ran"), during(() -> assertEquals(Optional.of(Thread.currentThread()), MacroThread.current())));
	}

	@Test
	void aCommandFromTheMenuIsNotTheMacrosThatRunsElsewhere() {
		assertEquals(List.of("ran"), during(() -> assertEquals(Optional.empty(), in("Decompose...", MacroThread::current))));
	}

	@Test
	void aMarkWithoutAMacroIsAnOldOne() {
		assertEquals(Optional.empty(), in("Run$_old", MacroThread::current));
	}

	@Test
	void theMacroIsFoundAcrossThreadsThatWaitForEachOther() {
		assertEquals(List.of("ran"), during(() -> {
			final Thread macro = Thread.currentThread();
			final Thread script = new Thread("script");
			// The macro waits for the script, the script for whatever asks.
			final Function<Thread, Optional<Thread>> parents = t -> t == macro ? Optional.empty() : Optional.of(t == script ? macro : script);
			assertEquals(Optional.of(macro), in("pool", () -> MacroThread.of(parents)));
		}));
	}

	@Test
	void aThreadOfAPoolThatKeptTheMarkIsNotAMacro() {
		assertEquals(List.of("ran"), during(() -> {
			final Thread menu = new Thread("Decompose...");
			assertEquals(Optional.empty(), in("Run$_pool-1", () -> MacroThread.of(t -> t == menu ? Optional.empty() : Optional.of(menu))));
		}));
	}
}
