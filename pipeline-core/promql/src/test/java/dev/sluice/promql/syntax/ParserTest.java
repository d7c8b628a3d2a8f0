package dev.sluice.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries' texts and errors were taken from a run of Prometheus 3.16's own parser. */
final class ParserTest {
    private static final ParserOptions OPTIONS = new ParserOptions(true, true, false);

    static Stream<Arguments> good() throws IOException {
        return pairs("good.txt");
    }

    static Stream<Arguments> bad() throws IOException {
        return pairs("bad.txt");
    }

    private static Stream<Arguments> pairs(String file) throws IOException {
        try (InputStream in = ParserTest.class.getResourceAsStream("/parser/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String body = text.substring(text.indexOf('\n') + 1);
            return Stream.of(body.split("\n\n", -1))
                    .filter(pair -> !pair.isBlank())
                    .map(pair -> {
                        int end = pair.lastIndexOf('\n', pair.length() - 2);
                        return Arguments.of(
                                pair.substring(0, Math.max(end, 0)),
                                pair.substring(end + 1).strip());
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void queriesAreShownAsPrometheusShowsThemAndReadAgain(String query, String shown) throws ParseException {
        Expr expr = Parser.parse(query, OPTIONS);
        assertThat(expr).hasToString(shown);
        assertThat(Parser.parse(shown, OPTIONS)).hasToString(shown);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void errorsArePrometheusOwn(String query, String error) {
        assertThatThrownBy(() -> Parser.parse(query, OPTIONS))
                .isInstanceOf(ParseException.class)
                .hasMessage(error);
    }

    @Test
    void whatIsExperimentalHasToBeAllowed() {
        assertThatThrownBy(() -> Parser.parse("limitk(1, foo)", ParserOptions.STABLE))
                .hasMessage("1:1: parse error: limitk() is experimental and must be enabled with "
                        + "--enable-feature=promql-experimental-functions");
        assertThatThrownBy(() -> Parser.parse("sort_by_label(foo)", ParserOptions.STABLE))
                .hasMessage("1:1: parse error: function \"sort_by_label\" is not enabled");
        assertThatThrownBy(() -> Parser.parse("foo + fill(1) bar", ParserOptions.STABLE))
                .hasMessage("1:1: parse error: binop fill modifiers are experimental and not enabled");
        assertThatThrownBy(() -> Parser.parse("\u6e29\u5ea6", ParserOptions.STABLE))
                .hasMessage("1:1: parse error: unexpected character: '\u6e29'");
    }

    @Test
    void unquotedNamesMayBeOfAnyScript() throws ParseException {
        assertThat(Parser.parse("\u6e29\u5ea6.a{\u00e9t\u00e9=\"1\"}", ParserOptions.ALL))
                .hasToString("\u6e29\u5ea6.a{\"\u00e9t\u00e9\"=\"1\"}");
    }

    @Test
    void errorsKnowWhereTheyAre() {
        ParseException e =
                catchThrowableOfType(ParseException.class, () -> Parser.parse("foo +\n  \u00e9\u00e9 5", OPTIONS));
        assertThat(e.span()).isEqualTo(new Span(8, 12));
        assertThat(e.problem()).isEqualTo("unexpected character: '\u00e9'");
        assertThat(e.query()).startsWith("foo");
        assertThat(e).hasMessageStartingWith("2:3: ");
        assertThat(new ParseException("x", new Span(1, 2), "ab", 4)).hasMessage("5:2: parse error: x");
        assertThat(new Span(9, 9).position("ab")).isEqualTo("invalid position");
    }

    @Test
    void selectorsAndLabelsAreReadAlone() throws ParseException {
        assertThat(Parser.parseSelector("up{job=\"a\"}"))
                .isEqualTo(List.of(Matcher.equal("job", "a"), Matcher.equal("__name__", "up")));
        assertThatThrownBy(() -> Parser.parseSelector("5")).hasMessageContaining("unexpected number");
        assertThatThrownBy(() -> Parser.parseSelector("up[5m]")).hasMessageContaining("unexpected \"[\"");
        assertThat(Parser.parseLabels("up{job=\"a\",\"b c\"=\"d\"}"))
                .isEqualTo(Labels.of("__name__", "up", "job", "a", "b c", "d"));
        assertThat(Parser.parseLabels("{\"up\"}")).isEqualTo(Labels.of("__name__", "up"));
        for (String bad : List.of("up{a}", "up{a=1}", "up{5}", "up{a=\"b\" c}", "up{a=\"b\"} 5")) {
            assertThatThrownBy(() -> Parser.parseLabels(bad)).as(bad).isInstanceOf(ParseException.class);
        }
    }
}
