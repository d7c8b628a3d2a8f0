package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a,STRING",
                "yes,STRING",
                "on,STRING",
                "12:30:45,STRING",
                "2020-01-01,STRING",
                "true,BOOL",
                "FALSE,BOOL",
                "tRue,STRING",
                "0,INT",
                "-5,INT",
                "+5,INT",
                "017,INT",
                "0o17,INT",
                "0x1F,INT",
                "0b11,INT",
                "5_000,INT",
                "08,FLOAT",
                "1.5,FLOAT",
                "1e3,FLOAT",
                ".5,FLOAT",
                "5.,FLOAT",
                ".inf,FLOAT",
                "-.INF,FLOAT",
                ".nan,FLOAT",
                "0o,STRING",
                "0x,STRING",
                "_5,STRING",
                "1.2.3,STRING",
                "-a,STRING",
                "18446744073709551615,INT",
                "18446744073709551616,FLOAT",
                "'5',STRING",
                "\"true\",STRING",
                "!!str 5,STRING",
                "!!int 5,INT",
                "!!float 5,FLOAT",
                "!!bool true,BOOL"
            })
    void scalarsHaveTheTypesOfYamlV3(String text, ScalarType type) throws Exception {
        assertThat(YamlReader.read("x", "- " + text).child("0"))
                .isInstanceOfSatisfying(
                        ConfigNode.Scalar.class,
                        scalar -> assertThat(scalar.type()).isEqualTo(type));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"~", "null", "NULL", "``", "!!null ~"})
    void nulls(String text) throws Exception {
        assertThat(YamlReader.read("x", "a: " + text).child("a")).isInstanceOf(ConfigNode.Null.class);
    }

    @ParameterizedTest
    @CsvSource({"017,15", "-0x10,-16", "0b101,5", "0O17,15", "1_2_3,123", "+7,7"})
    void integersInEveryNotation(String text, long value) {
        assertThat(ScalarType.integer(text)).isEqualTo(value);
        assertThat(ScalarType.floating(text)).isEqualTo((double) value);
    }

    @Test
    void floatsInEveryNotation() {
        assertThat(ScalarType.floating("1_0.5e1")).isEqualTo(105);
        assertThat(ScalarType.floating(".NaN")).isNaN();
        assertThat(ScalarType.floating("-.inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ScalarType.floating("+.inf")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void marksAreWhereThingsStand() throws Exception {
        ConfigNode tree = YamlReader.read("f.yaml", "ä😀: [x,\n  'yy']\n");
        assertThat(tree.at(List.of("ä😀", "0")).mark()).hasToString("f.yaml:1:7");
        Mark second = Objects.requireNonNull(tree.at(List.of("ä😀", "1"))).mark();
        assertThat(second).hasToString("f.yaml:2:3");
        assertThat(second.endColumn()).isEqualTo(7);
        assertThat(tree.at(List.of("ä😀", "2"))).isNull();
        assertThat(tree.at(List.of("ä😀", "x", "y"))).isNull();
        assertThat(tree.child("b")).isNull();
        assertThat(Mark.NONE.compareTo(second)).isNegative();
        assertThat(Mark.at(SourceText.of("z", ""), 0, 0)).hasToString("z");
    }

    @Test
    void mergeKeysAreFlattenedAndOwnKeysWin() throws Exception {
        ConfigNode tree = YamlReader.read(
                "x", "a: &a {k: 1, l: 1}\nb: &b {k: 2, m: 2}\nc:\n  <<: [*a, *b]\n  l: 3\nd: {<<: *a}\ne: {'<<': 1}\n");
        assertThat(text(tree, "c", "k")).isEqualTo("1");
        assertThat(text(tree, "c", "l")).isEqualTo("3");
        assertThat(text(tree, "c", "m")).isEqualTo("2");
        assertThat(text(tree, "d", "k")).isEqualTo("1");
        assertThat(text(tree, "e", "<<")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: 1, a: 2} | 1:8 | mapping key \"a\" already defined at line 1",
                "{<<: 5} | 1:6 | map merge requires map or sequence of maps as the value",
                "{? [a] : b} | 1:4 | a key must be a scalar",
                "&a [*a] | 1:1 | anchor \"a\" value contains itself",
                "!foo {a: b} | 1:1 | unsupported tag !foo",
                "!!java.net.URL x | 1:1 | Global tag is not allowed: tag:yaml.org,2002:java.net.URL",
                "!!int x | 1:1 | cannot decode a scalar as tag:yaml.org,2002:int",
                "*nope | 1:1 | found undefined alias nope",
                "a: b: c | 1:5 | mapping values are not allowed here",
            })
    void refusalsNameThePlace(String text, String place, String message) {
        assertThatThrownBy(() -> YamlReader.read("x", text))
                .isInstanceOfSatisfying(
                        YamlException.class, e -> assertThat(e.mark()).hasToString("x:" + place))
                .hasMessage("yaml: " + message);
    }

    @Test
    void bombsDoNotGoOff() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> YamlReader.read("x", laughs.toString())).hasMessageContaining("excessive aliasing");
        assertThatThrownBy(() -> YamlReader.read("x", "a: &a [x]\nb: [" + "*a, ".repeat(60) + "]"))
                .hasMessageContaining("aliases");
        assertThatThrownBy(() -> YamlReader.read("x", "[".repeat(60) + "]".repeat(60)))
                .hasMessageContaining("epth");
        assertThatThrownBy(() -> YamlReader.read("x", "a: b\n# " + "x".repeat(3 * 1024 * 1024) + "\nb: c"))
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> YamlReader.read("x", "a: \u0000")).isInstanceOf(YamlException.class);
    }

    private static String text(ConfigNode tree, String... path) {
        return ((ConfigNode.Scalar) Objects.requireNonNull(tree.at(List.of(path)))).text();
    }
}
