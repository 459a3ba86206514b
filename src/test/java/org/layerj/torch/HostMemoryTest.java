package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.NativeLibrary;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class HostMemoryTest {

	/** What PyTorch reads; Java's own copy of the environment does not change. */
	@Test
	void pytorchIsAskedForLargePagesUnlessTheUserDecides() {
		Torch.start();
		final String asked = NativeLibrary.getProcess()
			.getFunction("getenv")
			.invokeString(new Object[] { "THP_MEM_ALLOC_ENABLE" }, false);
		assertEquals(Optional.ofNullable(System.getenv("THP_MEM_ALLOC_ENABLE")).orElse("1"), asked);
	}
}
