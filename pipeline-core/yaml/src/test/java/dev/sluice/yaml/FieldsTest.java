package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
    private static final List<String> KEYS = List.of("name", "limit", "ratio", "enabled", "rules", "labels");

    private final List<String> problems = new ArrayList<>();

    @Test
    void valuesAreReadWithTheirTypes() throws Exception {
        Fields fields = fields("""
                name: 5m
                limit: 10
                ratio: 1.5
                enabled: True
                rules: [a, b]
                labels: {severity: critical, empty: null, code: 500}
                """);

        assertThat(fields.text("name")).isEqualTo("5m");
        assertThat(fields.integer("limit", -1)).isEqualTo(10);
        assertThat(fields.number("ratio", -1)).isEqualTo(1.5);
        assertThat(fields.number("limit", -1)).isEqualTo(10);
        assertThat(fields.flag("enabled", false)).isTrue();
        assertThat(fields.scalars("rules")).extracting(ConfigNode.Scalar::text).containsExactly("a", "b");
        assertThat(fields.texts("labels")).isEqualTo(Map.of("severity", "critical", "empty", "", "code", "500"));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "name: null", "~"})
    void whatIsNotWrittenHasItsDefaultAndThePlaceOfTheMap(String text) throws Exception {
        Fields fields = fields(text);

        assertThat(fields.has("name")).isFalse();
        assertThat(fields.node("name")).isNull();
        assertThat(fields.text("name")).isEmpty();
        assertThat(fields.integer("limit", 7)).isEqualTo(7);
        assertThat(fields.number("ratio", 0.5)).isEqualTo(0.5);
        assertThat(fields.flag("enabled", true)).isTrue();
        assertThat(fields.list("rules")).isEmpty();
        assertThat(fields.texts("labels")).isEmpty();
        assertThat(fields.mark("ratio")).isEqualTo(fields.mark());
        assertThat(fields.keyMark("ratio")).isEqualTo(fields.mark());
        assertThat(fields.keyMark("labels", "severity")).isEqualTo(fields.mark());
        assertThat(problems).isEmpty();
    }

    @Test
    void aKeyThatIsNotKnownIsAProblemWithTheNearestOne() throws Exception {
        fields("name: a\nlimits: 3\nwhatever: 1\n");

        assertThat(problems)
                .containsExactly(
                        "f.yml:2:1: field limits not found in type rulefmt.RuleGroup; did you mean \"limit\"?",
                        "f.yml:3:1: field whatever not found in type rulefmt.RuleGroup");
    }

    @Test
    void aMapThatIsNoneIsAProblemAndHasNothing() throws Exception {
        Fields fields = fields("[a]");

        assertThat(fields.has("name")).isFalse();
        assertThat(problems).containsExactly("f.yml:1:1: cannot unmarshal !!seq into rulefmt.RuleGroup");
    }

    @Test
    void everyValueOfAnotherTypeIsAProblemAndCountsAsNotWritten() throws Exception {
        Fields fields = fields("""
                name: {a: b}
                limit: 1.5
                ratio: true
                enabled: yes
                rules: x
                labels: [1]
                """);

        assertThat(fields.text("name")).isEmpty();
        assertThat(fields.integer("limit", 2)).isEqualTo(2);
        assertThat(fields.number("ratio", 0.5)).isEqualTo(0.5);
        assertThat(fields.flag("enabled", false)).isFalse();
        assertThat(fields.list("rules")).isEmpty();
        assertThat(fields.texts("labels")).isEmpty();
        assertThat(problems)
                .containsExactly(
                        "f.yml:1:7: cannot unmarshal !!map into string",
                        "f.yml:2:8: cannot unmarshal !!float `1.5` into int",
                        "f.yml:3:8: cannot unmarshal !!bool `true` into float64",
                        "f.yml:4:10: cannot unmarshal !!str `yes` into bool",
                        "f.yml:5:8: cannot unmarshal !!str `x` into list",
                        "f.yml:6:9: cannot unmarshal !!seq into map[string]string");
    }

    @Test
    void aNumberNoLongHoldsIsNoInteger() throws Exception {
        assertThat(fields("limit: 9223372036854775808").integer("limit", 1)).isEqualTo(1);
        assertThat(fields("limit: [1]").integer("limit", 1)).isEqualTo(1);
        assertThat(problems)
                .containsExactly(
                        "f.yml:1:8: cannot unmarshal !!int `9223372036854775808` into int",
                        "f.yml:1:8: cannot unmarshal !!seq into int");
    }

    @Test
    void whatIsWrongInAListOrAMapLosesNothingElseOfIt() throws Exception {
        Fields fields = fields("rules: [a, [b], null, c]\nlabels: {a: 1, b: {c: d}}\n");

        assertThat(fields.scalars("rules")).extracting(ConfigNode.Scalar::text).containsExactly("a", "c");
        assertThat(fields.texts("labels")).isEqualTo(Map.of("a", "1"));
        assertThat(problems)
                .containsExactly(
                        "f.yml:1:12: cannot unmarshal !!seq into string",
                        "f.yml:1:17: cannot unmarshal !!null into string",
                        "f.yml:2:19: cannot unmarshal !!map into string");
    }

    @Test
    void whatIsRequiredIsAProblemWhereItIsMissing() throws Exception {
        Fields fields = fields("name: '  '\n");

        assertThat(fields.required("name")).isBlank();
        assertThat(fields.required("labels")).isEmpty();
        assertThat(fields("name: x").required("name")).isEqualTo("x");
        assertThat(problems).containsExactly("f.yml:1:7: name is required", "f.yml:1:1: labels is required");
    }

    @Test
    void placesAreThoseOfKeysAndOfValues() throws Exception {
        Fields fields = fields("name:  x\nlabels: {a: 1, b: 2}\n");

        assertThat(fields.keyMark("name")).hasToString("f.yml:1:1");
        assertThat(fields.mark("name")).hasToString("f.yml:1:8");
        assertThat(fields.keyMark("labels", "b")).hasToString("f.yml:2:16");

        fields.problem(fields.mark("name"), "no such thing");
        assertThat(problems).containsExactly("f.yml:1:8: no such thing");
    }

    private Fields fields(String text) throws Exception {
        return new Fields(
                YamlReader.read("f.yml", text), "rulefmt.RuleGroup", KEYS, problem -> problems.add(problem.toString()));
    }
}
