package org.layerj.imagej.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.decompose.InvalidOptionException;

class MacroOptionsTest {

	private static final List<String> KEYS = List.of("x", "dx", "text", "layer");

	private static Map<String, String> parse(final String options) {
		return MacroOptions.parse("Test...", KEYS, options);
	}

	@Test
	void valuesAreReadWhateverIsInThem() {
		assertEquals(Map.of(), parse(null));
		assertEquals(Map.of(), parse(" "));
		assertEquals(Map.of("dx", "3", "x", "-4.5"), parse("dx=3  X=-4.5 "));
		assertEquals(Map.of("text", "x=3, dx=[4] or so", "layer", "A b"), parse("text=[x=3, dx=[4] or so] layer=[A b]"));
		assertEquals(Map.of("text", "", "x", "1"), parse("text=[] x=1"));
		assertEquals(Map.of("text", "a=b"), parse("text=a=b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "50 µm", "plain", "a=b", "[x]", "it's", "&c", "#d55e00", "C:\\a b\\c.png" })
	void whatIsWrittenIsRead(final String value) {
		final Map<String, String> values = new LinkedHashMap<>(Map.of("text", value, "x", ""));
		assertEquals(Map.of("text", value), parse(MacroOptions.text(values)));
	}

	@Test
	void mistakesAreSentences() {
		assertEquals("Test... has no option y; there are x, dx, text, layer.", assertThrows(InvalidOptionException.class, () -> parse("y=3")).getMessage());
		assertEquals("The options of Test... are written key=value, but flip has no value.", assertThrows(InvalidOptionException.class, () -> parse("flip x=3"))
			.getMessage());
		assertThrows(InvalidOptionException.class, () -> parse("text=[a"));
	}
}
