package dev.sluice.slo.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestsTest {
    private static final Path SHARED = Path.of(System.getProperty("sluice.shared", "missing"), "data", "rule-tests");

    @TempDir
    private Path folder;

    private RuleTests.Report run(String rules, String tests) throws IOException {
        Files.writeString(folder.resolve("rules.yml"), rules);
        return RuleTests.run(Files.writeString(folder.resolve("tests.yml"), tests));
    }

    /** slo.md §1.6: the rule as its users have it, on traffic that turns slow after ten minutes. */
    @Test
    void theVerbatimRuleFiresTwoMinutesAfterTheLatencyRose() throws IOException {
        String rule = """
                groups:
                - name: api
                  rules:
                  - alert: HighLatencyAPI
                    expr: histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{job="api-gateway"}[5m])) by (le, path)) > 1.8
                    for: 2m
                    labels:
                      severity: critical
                    annotations:
                      summary: "95th percentile latency > 1.8s on {{ $labels.path }}"
                """;
        RuleTests.Report report = run(rule, """
                rule_files: [rules.yml]
                evaluation_interval: 15s
                tests:
                - interval: 15s
                  input_series:
                  - {series: 'http_request_duration_seconds_bucket{job="api-gateway",path="/checkout",instance="a",le="1"}',    values: '0+300x40 12000x80'}
                  - {series: 'http_request_duration_seconds_bucket{job="api-gateway",path="/checkout",instance="a",le="2.5"}',  values: '0+300x40 12000x80'}
                  - {series: 'http_request_duration_seconds_bucket{job="api-gateway",path="/checkout",instance="a",le="5"}',    values: '0+300x120'}
                  - {series: 'http_request_duration_seconds_bucket{job="api-gateway",path="/checkout",instance="a",le="+Inf"}', values: '0+300x120'}
                  alert_rule_test:
                  - {eval_time: 12m, alertname: HighLatencyAPI, exp_alerts: []}
                  - {eval_time: 12m15s, alertname: HighLatencyAPI, exp_alerts: [{exp_labels: {severity: critical, path: /checkout},
                     exp_annotations: {summary: "95th percentile latency > 1.8s on /checkout"}}]}
                """);
        assertThat(report.invalid()).isEmpty();
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void whatDiffersIsToldAsPromtoolDoes() throws IOException {
        RuleTests.Report report =
                run("groups: [{name: g, rules: [{alert: Down, expr: up == 0, annotations: {a: b}}]}]", """
                rule_files: [r*.yml, none.yml]
                fuzzy_compare: true
                tests:
                - name: one
                  start_timestamp: 2026-01-01T00:00:00Z
                  input_series: [{series: 'up{job="x"}', values: "0 1 {{sum:3 count:2 buckets:[2]}}"}]
                  alert_rule_test: [{eval_time: 0, alertname: Down, exp_alerts: [{exp_labels: {job: y}}]}]
                  promql_expr_test:
                  - {expr: 'up * 0.1 * 3', eval_time: 1m, exp_samples: [{labels: '{job="x"}', value: 0.3}]}
                  - {expr: up, eval_time: 2m, exp_samples: [{labels: 'up{job="x"}', histogram: "{{sum:4 count:2 buckets:[2]}}"}]}
                  - {expr: 'time()', eval_time: 1s, exp_samples: [{value: 1767225601}]}
                  - {expr: 'up[1m]', eval_time: 1m}
                  - {expr: 'up', eval_time: 1m, exp_samples: [{labels: '{', value: 1}]}
                """);
        assertThat(report.warnings()).containsExactly("no file match pattern none.yml");
        assertThat(report.invalid()).isEmpty();
        assertThat(String.join("\n--\n", report.failures())).isEqualTo("""
                    name: one,
                    alertname: Down, time: 0s,\s
                        exp:[
                            0:
                              Labels:{alertname="Down", job="y"}
                              Annotations:{}
                            ],\s
                        got:[
                            0:
                              Labels:{alertname="Down", job="x"}
                              Annotations:{a="b"}
                            ]
                --
                    expr: "up", time: 2m,
                        exp: {__name__="up", job="x"} {{count:2 sum:4 buckets:[2]}}
                        got: {__name__="up", job="x"} {{count:2 sum:3 buckets:[2]}}
                --
                    expr: "up[1m]", time: 1m, err: rule result is not a vector or scalar
                --
                    expr: "up", time: 1m, err: 1:2: parse error: unexpected end of input inside braces""");
    }

    @Test
    void aFileWithMistakesIsNotRun() throws IOException {
        RuleTests.Report report = run("groups: [{name: g, rules: [{record: a, expr: '1 +'}]}]", """
                rule_files: [rules.yml]
                group_eval_order: [a, a]
                tests:
                - alert_rule_test: [{eval_time: 1q}]
                  start_timestamp: soon
                """);
        assertThat(report.passed()).isFalse();
        assertThat(String.join("\n", report.invalid()))
                .contains("group name repeated in evaluation order: a")
                .contains("misses required attribute alertname")
                .contains("unknown unit \"q\"")
                .contains("cannot parse \"soon\" to a valid timestamp")
                .contains("could not parse expression");
        assertThat(RuleTests.run(folder.resolve("gone.yml")).invalid().getFirst())
                .endsWith("gone.yml: no such file or directory");
    }

    /** What promtool 3.13.2 says of each file of the suite: nothing, or how its answer begins. */
    @Test
    void theFilesOfPrometheusGoAsInPromtool() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), () -> "rule tests are not at " + SHARED);
        Map<String, String> expected = new TreeMap<>(Map.of(
                "bad-input-series.yml", "unexpected character inside braces: '0'",
                "bad-rules-syntax-test.yml", "could not parse expression: 1:7: parse error: unexpected end of input",
                "bad-rules-syntax.yml", "field groups not found in type main.unitTestFile",
                "features.yml", "field groups not found in type main.unitTestFile",
                "long-period.yml", "",
                "no-test-group-interval.yml", "",
                "rules.yml", "field groups not found in type main.unitTestFile",
                "rules_duplicates.yml", "field groups not found in type main.unitTestFile",
                "rules_run.yml", "exp: {__name__=\"test\"} 1E+00",
                "unittest.yml", ""));
        Map<String, RuleTests.Report> reports = new TreeMap<>();
        try (Stream<Path> files = Files.list(SHARED)) {
            files.forEach(file -> reports.put(file.getFileName().toString(), RuleTests.run(file)));
        }
        assertThat(reports.keySet()).isEqualTo(expected.keySet());
        reports.forEach((file, report) -> {
            assertThat(report.passed()).as(file).isEqualTo(expected.get(file).isEmpty());
            assertThat(String.join("\n", report.invalid()) + String.join("\n", report.failures()))
                    .as(file)
                    .contains(expected.get(file));
        });
    }
}
