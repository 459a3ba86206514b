package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.layerj.checkpoint.ModelException;
import org.layerj.common.CancelledException;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;
import org.layerj.torch.TorchException;
import org.layerj.torch.TorchUnavailableException;

class ProblemTest {

	private static final String UNEXPECTED =
		"Something unexpected went wrong in the program; please report it. More is shown with --debug, in ImageJ in debug"
			+ " mode (Edit > Options > Misc...).";

	@Test
	void everyFailureIsOneLine() {
		assertEquals("The model is broken.", Problem.message(new ModelException("The model\nis broken.")));
		assertEquals(
			"There is not enough memory for this run; give Java more (-Xmx) or choose fewer layers or a lower resolution.",
			Problem.message(new OutOfMemoryError("Java heap space")));
		assertEquals(UNEXPECTED, Problem.message(new NullPointerException()));
		assertEquals(UNEXPECTED, Problem.message(new IllegalStateException("a\r\n  b")));
		assertTrue(Problem
			.message(
				new InternalError("a fault occurred in a recent unsafe memory access operation in compiled Java code"))
			.startsWith("A file that is in use has been made shorter by another program, or its disk has failed; run"));
		assertTrue(Problem.isExpected(new InvalidOptionException("layers", "")));
		assertFalse(Problem.isExpected(new IllegalArgumentException("")));
	}

	@Test
	void whatOthersWrappedIsUnwrapped() {
		assertEquals("The model is broken.",
			Problem.message(new ExceptionInInitializerError(new ModelException("The model is broken."))));
		assertTrue(Problem.isExpected(new CompletionException(new CancelledException())));
		assertEquals(UNEXPECTED, Problem.message(new ExceptionInInitializerError(new IllegalStateException("no."))));
		assertEquals(
			"There is not enough memory for this run; give Java more (-Xmx) or choose fewer layers or a lower resolution.",
			Problem.message(new CompletionException(new OutOfMemoryError())));
	}

	@Test
	void librariesThatAreMissingOrStrangeAreSaidToBe() {
		final String message =
			"The libraries of Decompose Layers are incomplete or do not fit together; install it again. More is shown with --debug, in ImageJ in debug mode"
				+ " (Edit > Options > Misc...).";
		final Throwable missing = new NoClassDefFoundError("ai/djl/engine/Engine")
			.initCause(new ClassNotFoundException("ai.djl.engine.Engine"));
		assertEquals(message, Problem.message(missing));
		assertEquals(message, Problem.message(new NoSuchMethodError("x")));
		final Throwable provider =
			new ServiceConfigurationError("EngineProvider", new UnsatisfiedLinkError("no torch"));
		assertEquals(message, Problem.message(provider));
		assertFalse(Problem.isExpected(missing));
		final Throwable better = new TorchUnavailableException("PyTorch could not be started.", missing);
		assertEquals("PyTorch could not be started.", Problem.message(better), "who knows better says it");
	}

	@Test
	void pyTorchsErrorsAreForeseen() {
		try (Scope scope = Torch.scope()) {
			final Tensor two = Tensors.of(scope, new float[2], 2);
			final TorchException e = assertThrows(TorchException.class,
				() -> Tensors.cat(scope, List.of(two, Tensors.of(scope, new float[4], 2, 2)), 0));
			assertTrue(Problem.isExpected(e));
			final String message = Problem.message(e);
			assertTrue(
				message.startsWith("PyTorch failed in tensors.py") && message.endsWith(".") && !message.endsWith(".."),
				message);
		}
	}
}
