package org.layerj.imagej.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.decompose.InvalidOptionException;

class MacroOptionsTest {

	private static final List<Option> OPTIONS =
		List.of(Option.text("x", ""), Option.text("dx", "0"), Option.text("text", ""), Option.text("layer", ""),
			Option.flag("raw"), Option.choice("fit", "inside", "Outside"));

	private static Map<String, String> parse(final String options) {
		return MacroOptions.parse("Test...", OPTIONS, options);
	}

	private static String rejection(final String options) {
		return assertThrows(InvalidOptionException.class, () -> parse(options)).getMessage();
	}

	@Test
	void valuesAreReadWhateverIsInThem() {
		assertEquals(Map.of(), parse(""));
		assertEquals(Map.of(), parse(" \t"));
		assertEquals(Map.of("dx", "3", "x", "-4.5"), parse("dx=3  X=-4.5 "));
		assertEquals(Map.of("text", "x=3, dx=[4] or so", "layer", "A b"),
			parse("text=[x=3, dx=[4] or so] layer=[A b]"));
		assertEquals(Map.of("text", "", "x", "1"), parse("text=[] x=1"));
		assertEquals(Map.of("text", "", "x", "1"), parse("text= x=1"));
		assertEquals(Map.of("text", "a=b"), parse("text=a=b"));
		assertEquals(Map.of("text", "two words raw", "layer", "a[1].png"),
			parse("text='two words raw' layer=a[1].png"));
		assertEquals(Map.of("text", "it's", "x", "1"), parse("text=it's\nx=1"));
	}

	@Test
	void aFlagMayStandAlone() {
		assertEquals(Map.of("raw", "true", "x", "1"), parse("raw x=1"));
		assertEquals(Map.of("raw", "true", "x", "1"), parse("x=1 RAW"));
		assertEquals(Map.of("raw", "false"), parse("raw=false"));
		assertEquals(Map.of("text", "raw"), parse("text=[raw]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "50 µm", "plain", "a=b", "[x]", "it's", "&c", "#d55e00", "C:\\a b\\c.png", "a]b", "a] [b",
		"x[", "'quoted'" })
	void whatIsWrittenIsRead(final String value) {
		final Map<String, String> values = new LinkedHashMap<>(Map.of("text", value, "x", ""));
		assertEquals(Map.of("text", value), parse(MacroOptions.text(values)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text=[a", "text=[a]b]", "text=[a]]", "text=[[a]", "text=a]b", "text=a[", "text='a",
		"text='a'b", "text=[a]x=1", "x=1 text=[[] raw" })
	void bracketsAndQuotesMatch(final String options) {
		assertTrue(rejection(options).startsWith("Brackets or quotes do not match in "), options);
	}

	@Test
	void mistakesAreSentences() {
		assertEquals("Test... has no option y; there are x, dx, text, layer, raw, fit.", rejection("y=3"));
		assertEquals("The options of Test... are written key=value or key=[several words], but flip has no value.",
			rejection("flip x=3"));
		assertEquals("The options of Test... are written key=value or key=[several words], but x has no value.",
			rejection("x = 3"));
		assertEquals("The option x of Test... is given twice.", rejection("x=1 x=2"));
	}

	@Test
	void onlyWhatIsNotTheDefaultIsWorthRecording() {
		assertEquals(Map.of("dx", "1", "fit", "Outside"),
			Option.changed(OPTIONS, Map.of("dx", "1", "x", "", "raw", "false", "fit", "outside")));
		assertEquals("run(\"Test...\", \"dx=1 text=[a b]\");\n", MacroRecord.line("Test...",
			new LinkedHashMap<>(Option.changed(OPTIONS, Map.of("dx", "1", "text", "a b"))), false));
		assertEquals("run(\"Test...\");\n", MacroRecord.line("Test...", Map.of(), false));
		assertEquals("IJ.run(imp, \"Test...\", \"\");\n", MacroRecord.line("Test...", Map.of(), true));
	}
}
