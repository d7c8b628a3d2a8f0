package dev.sluice.slo.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileReaderTest {
    private static final long MINUTE = 60_000;

    private static RuleFileReader.Result read(String text) {
        return RuleFileReader.read("r.yml", text, MINUTE, QueryOptions.DEFAULT);
    }

    private static String problems(String text) {
        return read(text).problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static String rule(String keys) {
        return "groups: [{name: g, rules: [{" + keys + "}]}]";
    }

    @Test
    void everyKeyOfARuleFileIsRead() {
        RuleFileReader.Result result = read("""
                groups:
                - name: api
                  interval: 15s
                  limit: 10
                  query_offset: 1m30s
                  labels: {team: core, severity: low}
                  rules:
                  - record: job:up:avg
                    expr: avg by (job) (up)
                  - alert: HighLatencyAPI
                    expr: |
                      job:up:avg
                        < 0.5
                    for: 2m
                    keep_firing_for: 5m
                    labels:
                      severity: critical
                    annotations:
                      summary: "{{ $labels.job }} is down"
                - name: other
                """);

        assertThat(result.problems()).isEmpty();
        assertThat(result.file().rules()).isEqualTo(2);
        GroupSpec group = result.file().specs().getFirst();
        assertThat(group)
                .isEqualTo(new GroupSpec(
                        "r.yml",
                        "api",
                        15_000,
                        10,
                        90_000,
                        QueryOptions.DEFAULT,
                        List.of(
                                new RuleSpec.Recording(
                                        "job:up:avg",
                                        "avg by (job) (up)",
                                        Labels.of("severity", "low", "team", "core")),
                                new RuleSpec.Alerting(
                                        "HighLatencyAPI",
                                        "job:up:avg\n  < 0.5\n",
                                        Labels.of("severity", "critical", "team", "core"),
                                        Labels.of("summary", "{{ $labels.job }} is down"),
                                        120_000,
                                        300_000))));
        assertThat(result.file().specs().getLast().interval()).isEqualTo(MINUTE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alert: A | field 'expr' must be set in rule",
                "expr: up | one of 'record' or 'alert' must be set",
                "alert: A, record: b, expr: up | only one of 'record' and 'alert' must be set",
                "record: b, expr: up, for: 1m | invalid field 'for' in recording rule",
                "record: b, expr: up, keep_firing_for: 1m | invalid field 'keep_firing_for' in recording rule",
                "record: b, expr: up, annotations: {a: b} | invalid field 'annotations' in recording rule",
                "record: 'b{c}', expr: up | braces present in the recording rule name; should it be in expr?: b{c}",
                "alert: A, expr: up, labels: {__name__: x} | invalid label name: __name__",
                "alert: A, expr: 'up +' | could not parse expression: 1:5: parse error: unexpected end of input",
                "alert: A, expr: up, for: 1x | unknown unit \"x\" in duration \"1x\"",
                "alert: A, expr: [up] | cannot unmarshal !!seq into string",
                "alert: A, expr: up, lables: {a: b} | field lables not found in type rulefmt.Rule; did you mean \"labels\"?",
            })
    void aWrongRuleIsToldInPrometheusWords(String keys, String message) {
        assertThat(problems(rule(keys))).contains(message).startsWith("r.yml:1:");
    }

    @Test
    void everyProblemIsToldWithItsPlace() {
        assertThat(problems("""
                groups:
                - name: g
                  rules:
                  - record: a
                    expr: sum(x
                  - alert: B
                    expr: |
                      up
                        == on) 1
                    annotations:
                      text: "{{ nope }}"
                - name: g
                - rules: []
                """)).isEqualTo("""
                r.yml:5:16: group "g", rule 1, "a": could not parse expression: 1:6: parse error: unclosed left parenthesis
                r.yml:9:15: group "g", rule 2, "B": could not parse expression: 2:9: parse error: unexpected right parenthesis ')'
                r.yml:11:7: group "g", rule 2, "B": annotation "text": template: __alert_B:1: function "nope" not defined
                r.yml:12:9: groupname: "g" is repeated in the same file
                r.yml:13:3: Groupname must not be empty""");
    }

    @Test
    void aPlaceInABlockIsTheCharacterMeant() {
        RuleFileReader.Result result = read("""
                groups:
                - name: g
                  rules:
                  - alert: A
                    expr: |
                      sum(up)
                        > 1
                """);
        ExprPlace place = result.file().groups().getFirst().places().getFirst();
        assertThat(place.at(place.text().indexOf('>'))).hasToString("r.yml:7:9");
    }

    @Test
    void aTextThatIsNoYamlIsOneProblem() {
        assertThat(problems("groups: [")).startsWith("r.yml:").contains("yaml:");
        assertThat(problems("")).isEmpty();
    }

    @Test
    void rulesThatGiveTheSameSeriesAreFound() {
        RuleFile file = read("""
                groups:
                - name: g
                  rules: [{record: a, expr: up, labels: {x: y}}, {record: a, expr: down, labels: {x: y}}, {record: a, expr: up}]
                """).file();
        assertThat(DuplicateRules.of(file).orElseThrow())
                .hasToString("1 duplicate rule(s) found.\nMetric: a\nLabel(s):\n\tx: y\nMight cause inconsistency while"
                        + " recording expressions");
    }
}
