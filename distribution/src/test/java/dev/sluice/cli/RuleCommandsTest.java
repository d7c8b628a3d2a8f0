package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that work on rules and objectives. */
class RuleCommandsTest extends Invoked {
    private static final String CALENDAR = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: orders}
            spec:
              service: shop
              indicatorRef: requests
              timeWindow: [{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}]
              objectives: [{target: 0.99}]
            """;

    @Test
    void rulesAreCheckedAndTested() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.yml"), "groups: [{name: g, rules: [{alert: Down, expr: up == 0}]}]");
        Path bad = Files.writeString(
                folder.resolve("bad.yml"), "groups: [{name: g, rules: [{alert: Down, expr: up ==}]}]");
        String test = "rule_files: [rules.yml]\ntests: [{input_series: [{series: up, values: 0}],"
                + " alert_rule_test: [{eval_time: 0, alertname: Down, exp_alerts: [%s]}]}]";
        Path right = Files.writeString(folder.resolve("right.yml"), test.formatted("{exp_labels: {}}"));
        Path wrong = Files.writeString(folder.resolve("wrong.yml"), test.formatted(""));
        Path script = Files.writeString(folder.resolve("a.test"), "load 1m\n  x 1\n\neval instant at 0 x\n  x 1\n");

        assertThat(run("check", "rules", rules.toString())).isZero();
        assertThat(text(out)).contains("SUCCESS: 1 rules found");
        assertThat(run("check", "rules", bad.toString())).isEqualTo(1);
        assertThat(text(err)).contains("  FAILED:\n").contains("bad.yml:1:", "parse error: unexpected end of input");
        assertThat(run("check", "rules", "gone.yml")).isEqualTo(1);
        assertThat(run("test", "rules", right.toString())).isZero();
        assertThat(run("test", "rules", right.toString(), wrong.toString())).isEqualTo(2);
        assertThat(run("test", "rules", bad.toString())).isEqualTo(1);
        assertThat(run("test", "promql", script.toString())).isZero();
        assertThat(text(out)).contains("a.test: 1 passed, 0 failed");
        Files.writeString(script, "load 1m\n  x 1\n\neval instant at 0 x\n  x 2\n");
        assertThat(run("test", "promql", script.toString())).isEqualTo(2);
    }

    @Test
    void rulesThatAreThereTwiceAreAMatterOfTaste() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.yml"),
                "groups: [{name: g, rules: [{alert: Z, expr: a}, {alert: Z, expr: b}, {alert: A, expr: a}, {alert: A, expr: b}]}]");
        assertThat(run("check", "rules", rules.toString())).isZero();
        assertThat(text(err))
                .isEqualTo(
                        "  FAILED:\nlint error 2 duplicate rule(s) found.\nMetric: A\nLabel(s):\nMetric: Z\nLabel(s):\nMight cause inconsistency while recording expressions\n");
        assertThat(run("check", "rules", "--lint-fatal", rules.toString())).isEqualTo(2);
        assertThat(run("check", "rules", "--lint-fatal", "--lint=none,x", rules.toString()))
                .isZero();
        assertThat(text(out)).contains("WARNING: unknown lint option: \"x\"\n", "SUCCESS: 4 rules found");
    }

    @Test
    void dashboardsOfAConfigurationAreWrittenForPipelinesObjectivesAndServices() throws Exception {
        Path slos = objective("{page_alert: {disable: true}, ticket_alert: {disable: true}}");
        String config = file("""
                receivers: {nop: {}}
                exporters:
                  nop: {}
                  grafana:
                    endpoint: http://localhost:1
                    datasources: {prometheus: {uid: p1, url: "http://localhost:2"}}
                processors:
                  slo: {slo_files: [%s]}
                service: {pipelines: {metrics/a: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """.formatted(slos));
        String output = folder.resolve("out").toString();
        assertThat(run("dashboards", "--config", config, "--jvm", "web/shop", "--output", output))
                .isZero();
        assertThat(text(out).lines().map(line -> line.replaceFirst("-[0-9a-f]+\\.json$", "")))
                .containsExactly(
                        output + "/dashboards/sluice-pipeline-metrics-a",
                        output + "/dashboards/sluice-jvm-web-shop",
                        output + "/dashboards/sluice-slo-shop-orders",
                        output + "/provisioning/dashboards/sluice.yaml",
                        output + "/provisioning/datasources/sluice.yaml");
        assertThat(text(out).lines().map(Path::of))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void dashboardsNeedNoExporterOfThem() throws Exception {
        String output = folder.resolve("out").toString();
        assertThat(run("dashboards", "--config", file(GOOD), "--output", output))
                .isZero();
        assertThat(text(out)).contains("sluice-pipeline-traces").doesNotContain("datasources");
        assertThat(run("dashboards", "--config", file(GOOD))).isEqualTo(1);
        assertThat(text(err)).isEqualTo("Error: flag needs an argument: --output\n");
    }

    @Test
    void rulesAreHeldAgainstTelemetry() throws Exception {
        String point = "{\"asDouble\":1,\"timeUnixNano\":\"%d000000000\",\"attributes\":[{\"key\":\"http.route\","
                + "\"value\":{\"stringValue\":\"/a\"}}]}";
        String line =
                "{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"queue.length\","
                        + "\"gauge\":{\"dataPoints\":[" + point + "]}}]}]}]}\n";
        Path capture = Files.writeString(folder.resolve("capture.json"), line.formatted(1000) + line.formatted(1060));
        String rules = "groups: [{name: g, rules: [{alert: Long, expr: 'max by (path) (queue_length) > 5'}]}]";
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);
        assertThat(run("check", "rules", file.toString(), "--telemetry", capture.toString()))
                .isEqualTo(2);
        assertThat(text(out)).contains("L5: Long: no series has the label path of by; they have http_route");
        out.reset();
        String config = file("""
                receivers: {nop: {}}
                exporters: {nop: {}}
                processors:
                  slo:
                    rule_files: [%s]
                    metric_aliases: [{from: queue.length, to: queue.length, attributes: {http.route: path}}]
                service: {pipelines: {metrics: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """.formatted(file));
        assertThat(run("check", "rules", file.toString(), "--telemetry", capture.toString(), "--config", config))
                .isZero();
        assertThat(text(out)).contains("SUCCESS: nothing found");
        assertThat(run("check", "rules", file.toString(), "--telemetry", file.toString()))
                .isEqualTo(1);
        assertThat(text(err)).contains("rules.yml").contains("neither");
        assertThat(run("check", "rules", file.toString(), "--telemetry", capture.toString(), "--config", file(GOOD)))
                .isEqualTo(1);
        assertThat(text(err)).contains("the configuration has no processor or connector slo");
    }

    @Test
    void whereRulesAreToBeHeldAgainstWhatComesIsAnAddressAndATime() throws Exception {
        String rules = file("groups: []");
        assertThat(run("check", "rules", rules, "--telemetry", "otlp://nowhere"))
                .isEqualTo(1);
        assertThat(text(err)).contains("must be a file, otlp://HOST:PORT or otlp+http://HOST:PORT");
        String address = "otlp+http://127.0.0.1:0";
        assertThat(run("check", "rules", rules, "--telemetry", address, "--for", "soon"))
                .isEqualTo(1);
        assertThat(text(err)).contains("invalid argument \"soon\" for \"--for\" flag");
        assertThat(run("check", "rules", rules, "--telemetry", address, "--for", "1ms"))
                .isEqualTo(1);
        assertThat(text(err)).contains("nothing has come to 127.0.0.1:0 within 1ms");
    }

    @ParameterizedTest
    @CsvSource({
        "--for 5s, flag \"--for\" needs a \"--telemetry\" to listen at: otlp://HOST:PORT or otlp+http://HOST:PORT",
        "--telemetry capture.json --for 5s, flag \"--for\" needs a \"--telemetry\" to listen at: otlp://HOST:PORT or otlp+http://HOST:PORT",
        "--config config.yaml, flag \"--config\" needs a \"--telemetry\" to hold the rules against"
    })
    void flagsAboutTelemetryAreNotIgnoredWhereThereIsNone(String flags, String message) throws Exception {
        assertThat(run(("check rules " + file("groups: []") + " " + flags).split(" ")))
                .isEqualTo(1);
        assertThat(text(err)).isEqualTo("Error: " + message + "\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void objectivesAreMadeRulesOfWithTheWindowsOfTheirPeriod() throws Exception {
        Path windows = Files.createDirectory(folder.resolve("windows"));
        Files.writeString(windows.resolve("7d.yaml"), """
                apiVersion: sloth.slok.dev/v1
                kind: AlertWindows
                spec:
                  sloPeriod: 7d
                  page:
                    quick: {errorBudgetPercent: 8, shortWindow: 5m, longWindow: 1h}
                    slow: {errorBudgetPercent: 12.5, shortWindow: 30m, longWindow: 6h}
                  ticket:
                    quick: {errorBudgetPercent: 20, shortWindow: 2h, longWindow: 1d}
                    slow: {errorBudgetPercent: 42, shortWindow: 6h, longWindow: 3d}
                """);
        Path slos = objective("{}");
        String config = """
                receivers: {nop: {}}
                exporters: {nop: {}}
                processors:
                  slo: {slo_files: [slos.yml], slo_period_windows_path: windows, default_slo_period: %s}
                service: {pipelines: {metrics: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """;
        assertThat(run("validate", "--config", file(config.formatted("7d")))).isZero();
        assertThat(text(err)).isEmpty();
        assertThat(run("validate", "--config", file(config.formatted("30d")))).isEqualTo(1);
        assertThat(text(err))
                .contains("config.yaml:4:", "processors::slo: there are no AlertWindows for 30d, but for 1w");
        String path = windows.toString();
        assertThat(run(
                        "slo",
                        "generate",
                        slos.toString(),
                        "--slo-period-windows-path",
                        path,
                        "--default-slo-period",
                        "1w"))
                .isZero();
        assertThat(text(out)).contains("ratio_rate1w", "> (13.44 * 0.01)");
        assertThat(run("slo", "generate", slos.toString(), "--slo-period-windows-path", path))
                .isEqualTo(1);
        assertThat(text(err)).contains("invalid argument \"30d\" for \"--default-slo-period\" flag: there are no");
        assertThat(run("slo", "generate", "gone.yml", "--slo-period-windows-path", "gone"))
                .isEqualTo(1);
        assertThat(text(err)).contains("gone: no such file or directory", "open gone.yml: no such file");
    }

    @Test
    void whatIsTakenOtherwiseThanItIsMeantIsWarnedOf() throws Exception {
        Path slo = Files.writeString(folder.resolve("slo.yml"), CALENDAR);
        Path sli = Files.writeString(folder.resolve("sli.yml"), """
                apiVersion: openslo/v1
                kind: SLI
                metadata: {name: requests}
                spec:
                  ratioMetric:
                    bad: {metricSource: {spec: {query: 'rate(bad[{{.window}}])'}}}
                    total: {metricSource: {spec: {query: 'rate(all[{{.window}}])'}}}
                """);
        String warning = slo + ":7:31: a window of the calendar is taken for a rolling one of the same length, 30d";
        assertThat(run("slo", "generate", slo.toString(), sli.toString())).isZero();
        assertThat(text(err)).startsWith("Warning: " + warning);
        assertThat(text(out)).contains("ratio_rate30d");
        err.reset();
        String config = file("""
                receivers: {nop: {}}
                exporters: {nop: {}}
                processors:
                  slo: {slo_files: [slo.yml, sli.yml]}
                service: {pipelines: {metrics: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """);
        assertThat(run("validate", "--config", config)).isZero();
        assertThat(text(err)).startsWith("Warning: " + config + ":4:").contains("processors::slo: " + warning);
    }

    @Test
    void ruleFilesLieBesideTheConfigurationAndErrorsNameThePlacesInBoth() throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Path bad = Files.writeString(rules.resolve("bad.yml"), """
                groups:
                - name: g
                  rules:
                  - alert: X
                    expr: 1 +
                """);
        String config = """
                receivers: {nop: {}}
                exporters: {nop: {}}
                processors:
                  slo:
                    rule_files: [%s]
                service: {pipelines: {metrics: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """;
        assertThat(run("validate", "--config", file(config.formatted("rules/*.yml"))))
                .isEqualTo(1);
        assertThat(text(err)).contains(folder.resolve("config.yaml") + ":5:", bad + ":5:14: ");
        assertThat(run("validate", "--config", file(config.formatted("gone/*.yml"))))
                .isEqualTo(1);
        assertThat(text(err)).contains("no file matches " + folder.resolve("gone/*.yml"));
        Files.writeString(bad, "groups: [{name: g, rules: [{record: x, expr: '1'}]}]");
        assertThat(run("validate", "--config", file(config.formatted("rules/*.yml"))))
                .isZero();
    }

    private Path objective(String alerting) throws IOException {
        return Files.writeString(folder.resolve("slos.yml"), """
                version: prometheus/v1
                service: shop
                slos:
                  - name: orders
                    objective: 99
                    sli: {events: {error_query: 'rate(bad[{{.window}}])', total_query: 'rate(all[{{.window}}])'}}
                    alerting: %s
                """.formatted(alerting));
    }
}
