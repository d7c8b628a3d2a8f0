package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.TestComponents.Kinds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ${...}} comes to, by the type of the option. The results were read off the Collector 0.158. */
class ExpansionTest {
    private static final String NONE = "(none)";

    /** Value of X | as text | as integer | as bool. An exclamation mark: the error for that type. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = NONE,
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "0123           | 0123           | 83         | !int",
                "0o17           | 0o17           | 15         | !int",
                "0xdeadbe       | 0xdeadbe       | 14593470   | !int",
                "5_000          | 5_000          | 5000       | !int",
                "\"0123\"       | \"0123\"       | !string    | !string",
                "!!str 0123     | !!str 0123     | !string    | !string",
                "t              | t              | !string    | !string",
                "yes            | yes            | !string    | !string",
                "true           | true           | !bool      | true",
                "true # comment | true # comment | !bool      | true",
                "[\"a\",        | [\"a\",        | !string    | !string",
                "2020-01-01     | 2020-01-01     | !string    | !string",
                "1.5            | 1.5            | 1          | !float64",
                "null           | null           | 0          | false",
                "#x             | #x             | 0          | false",
                "``             | ``             | 0          | false",
                "(none)         | ``             | 0          | false",
                "{a: b}         | {a: b}         | !map[string]interface {} | !map[string]interface {}",
                "[a]            | [a]            | ![]interface {} | ![]interface {}",
                "a: b           | a: b           | !map[string]interface {} | !map[string]interface {}",
                "a$$b           | a$b            | !string    | !string",
                "$Y             | $Y             | !string    | !string",
                "${env:Y}       | 7              | 7          | !int",
                "$${env:Y}      | ${env:Y}       | !string    | !string",
                "a ${env:Y} b   | a 7 b          | !string    | !string",
            })
    void wholeValueIsYamlButStaysTextForTexts(String x, String text, String integer, String bool) throws Exception {
        Map<String, String> environment = environment(x);
        assertThat(result(environment, "text", Kinds::text)).isEqualTo(text);
        assertThat(result(environment, "secret", kinds -> kinds.secret().reveal()))
                .isEqualTo(text);
        assertThat(result(environment, "integer", Kinds::integer)).isEqualTo(expected("integer", "int", integer));
        assertThat(result(environment, "bool", Kinds::bool)).isEqualTo(expected("bool", "bool", bool));
    }

    private static Map<String, String> environment(String x) {
        Map<String, String> environment = new HashMap<>(Map.of("Y", "7"));
        if (x != null) {
            environment.put("X", x);
        }
        return environment;
    }

    private static String result(Map<String, String> environment, String option, Function<Kinds, Object> value) {
        Object[] found = {null};
        String errors = Loading.errors(() -> found[0] = value.apply(Loading.kinds(environment, option + ": ${env:X}")));
        return errors.isEmpty() ? String.valueOf(found[0]) : errors;
    }

    private static String expected(String option, String type, String given) {
        return given.startsWith("!")
                ? "'" + option + "' expected type '" + type + "', got unconvertible type '" + given.substring(1) + "'"
                : given;
    }

    /** The text as it stands in the file | what it becomes, or the error behind an exclamation mark. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a ${env:X} b              | a 0123 b",
                "a ${env:NOPE} b           | a  b",
                "'${env:X}'                | 0123",
                "${X}                      | 0123",
                "$X                        | $X",
                "$                         | $",
                "a$                        | a$",
                "$$                        | $",
                "$$$$                      | $$",
                "$${X}                     | ${X}",
                "$$${X}                    | $0123",
                "$$$${X}                   | $${X}",
                "'${'                      | ${",
                "'${X'                     | ${X",
                "'}${X}'                   | }0123",
                "'${env:X}${env:Y}'        | 0123X",
                "${env:${env:Y}}           | 0123",
                "${env:NOPE:-}             | ``",
                "${env:NOPE:-a:-b}         | a:-b",
                "${env:NOPE:-${env:X}}     | 0123",
                "${env:X:-a}               | 0123",
                "${yaml:a}                 | a",
                "${file:other}             | from a file",
                "${}                       | !environment variable \"\" has invalid name: must match regex ^[a-zA-Z_][a-zA-Z0-9_]*$",
                "${1x}                     | !environment variable \"1x\" has invalid name: must match regex ^[a-zA-Z_][a-zA-Z0-9_]*$",
                "${a-b}                    | !environment variable \"a-b\" has invalid name: must match regex ^[a-zA-Z_][a-zA-Z0-9_]*$",
                "${X:-d}                   | !invalid uri: \"X:-d\"",
                "${a:b}                    | !invalid uri: \"a:b\"",
                "${ab:c}                   | !scheme \"ab\" is not supported for uri \"ab:c\"",
                "${env:a$b}                | !the uri \"env:a$b\" contains unsupported characters ('$')",
                "${a$b}                    | !the uri \"env:a$b\" contains unsupported characters ('$')",
                "${env:LOOP}               | !too many recursive expansions",
                "${env:TREE}               | !too many recursive expansions",
            })
    void expansionWithinText(String written, String expected) throws Exception {
        Map<String, String> environment =
                Map.of("X", "0123", "Y", "X", "LOOP", "${env:LOOP}", "TREE", "{a: '${env:TREE}', b: '${env:TREE}'}");
        String[] text = {""};
        Map<String, String> files = Map.of("0", Loading.kindsText("text: " + written), "other", "from a file");
        ConfigSources memory = ConfigSources.texts(files, List.of("0"));
        Map<String, ConfigProvider> providers = new HashMap<>(Providers.standard(environment));
        providers.put("file", memory.providers().get("file"));
        String errors = Loading.errors(() -> {
            LoadedConfig loaded = ConfigLoader.load(
                    new ConfigSources(List.of("0"), List.of(), providers),
                    TestComponents.FACTORIES,
                    FeatureGates.DEFAULT);
            text[0] = ((Kinds) loaded.processors().values().iterator().next().config()).text();
            return loaded;
        });
        assertThat(errors.isEmpty() ? text[0] : "!" + errors).isEqualTo(expected);
    }

    @Test
    void numbersAndDurationsTakeTheirTypeFromTheValue() throws Exception {
        Map<String, String> environment = Map.of("X", "5", "F", "0.25");
        assertThat(Loading.kinds(environment, "duration: ${env:X}s").duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Loading.kinds(environment, "duration: ${env:X}").duration()).isEqualTo(Duration.ofNanos(5));
        assertThat(Loading.kinds(environment, "duration: ${env:NOPE}").duration())
                .isEqualTo(Duration.ZERO);
        assertThat(Loading.kinds(environment, "floating: ${env:F}").floating()).isEqualTo(0.25);
        assertThat(Loading.errors(() -> Loading.kinds(environment, "integer: 1${env:X}")))
                .isEqualTo("'integer' expected type 'int', got unconvertible type 'string'");
    }

    @Test
    void expansionsReachIntoListsAndMapsButNotIntoKeys() throws Exception {
        Map<String, String> environment =
                Map.of("X", "5", "L", "[a, '${env:X}']", "M", "{k: \"5\"}", "N", "{number: 3}");
        assertThat(Loading.kinds(environment, "texts: [a, '${env:X}']").texts()).containsExactly("a", "5");
        assertThat(Loading.kinds(environment, "texts: ${env:L}").texts()).containsExactly("a", "5");
        assertThat(Loading.kinds(environment, "attributes: ${env:M}").attributes())
                .containsEntry("k", "5");
        assertThat(Loading.kinds(environment, "attributes: {'${env:X}': b}").attributes())
                .containsEntry("${env:X}", "b");
        assertThat(Loading.kinds(environment, "texts: ${env:NOPE}").texts()).isEmpty();
        assertThat(Loading.kinds(environment, "attributes: ${env:NOPE}").attributes())
                .isEmpty();
        assertThat(Loading.kinds(environment, "optional: ${env:N}").optional())
                .isEqualTo(new TestComponents.Optional(3));
    }

    @Test
    void unsetVariableIsWarnedOfOnceAtItsPlace() throws Exception {
        LoadedConfig loaded = Loading.load(Map.of(), Loading.kindsText("text: ${env:NOPE}"));
        assertThat(loaded.warnings())
                .containsExactly("0:6:11: Configuration references unset environment variable \"NOPE\"");
    }
}
