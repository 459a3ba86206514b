package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.layerj.Fixtures;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Torch;

class WeightsTest {

	private final Component component = Component.open(Fixtures.open("08-language-model").files(), "text_encoder");

	@Test
	void weightsInTheFilesOwnTypeTakeNoMemory() {
		try (Scope scope = Torch.scope()) {
			weights(DType.F32).get(scope, "model.norm.weight", 64);
			assertEquals(0, scope.bytes());
			weights(DType.BF16).get(scope, "model.norm.weight", 64);
			assertEquals(2 * 64, scope.bytes());
		}
	}

	@Test
	void tablesAreLeftAsTheyAreStored() {
		try (Scope scope = Torch.scope()) {
			assertEquals(DType.F32, weights(DType.BF16).mapped(scope, "model.norm.weight", 64).dtype());
			assertEquals(DType.BF16, weights(DType.BF16).get(scope, "model.norm.weight", 64).dtype());
			assertThrows(ModelException.class, () -> weights(DType.F32).get(scope, "model.norm.weight", 65));
			assertThrows(ModelException.class, () -> weights(DType.F32).get(scope, "no such tensor", 64));
		}
	}

	private Weights weights(final DType dtype) {
		return new Weights(component, Device.CPU, dtype);
	}
}
