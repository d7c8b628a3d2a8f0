package dev.sluice.slo.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.slo.file.DuplicateRules;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RuleFileWriter;
import dev.sluice.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlothTest {
    private static final String AVAILABILITY = """
            version: prometheus/v1
            service: shop
            labels: {owner: web}
            slos:
            - name: availability
              objective: 99.9
              description: One request of a thousand may fail.
              min_events: 1000
              sli:
                events:
                  error_query: sum(rate(requests_total{code=~"5.."}[{{.window}}]))
                  total_query: sum(rate(requests_total[{{ .window }}]))
              alerting:
                name: ShopFails
                labels: {category: availability}
                annotations: {runbook: here}
                page_alert: {labels: {severity: page}}
                ticket_alert: {labels: {severity: ticket}, annotations: {runbook: there}}
            """;

    @TempDir
    private Path folder;

    private static SloFiles read(String text) {
        return Specs.read(text);
    }

    private static String problems(String text) {
        return read(text).problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static String slo(String keys) {
        return "version: prometheus/v1\nservice: s\nslos: [{" + keys + "}]";
    }

    private static RuleSpec rule(List<GroupSpec> groups, int group, String name) {
        return groups.get(group).rules().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesLabelsAndGroupsAreSloths() {
        List<GroupSpec> groups = read(AVAILABILITY).groups();
        assertThat(groups)
                .extracting(GroupSpec::name)
                .containsExactly(
                        "sloth-slo-sli-recordings-shop-availability",
                        "sloth-slo-meta-recordings-shop-availability",
                        "sloth-slo-alerts-shop-availability");
        assertThat(groups.getFirst().rules())
                .extracting(RuleSpec::name)
                .containsExactly(
                        "slo:sli_error:ratio_rate5m",
                        "slo:sli_error:ratio_rate30m",
                        "slo:sli_error:ratio_rate1h",
                        "slo:sli_error:ratio_rate2h",
                        "slo:sli_error:ratio_rate6h",
                        "slo:sli_error:ratio_rate1d",
                        "slo:sli_error:ratio_rate3d",
                        "slo:sli_error:ratio_rate30d");
        assertThat(rule(groups, 0, "slo:sli_error:ratio_rate1h").labels())
                .hasToString(
                        "{owner=\"web\", sloth_id=\"shop-availability\", sloth_service=\"shop\", sloth_slo=\"availability\", sloth_window=\"1h\"}");
        assertThat(rule(groups, 0, "slo:sli_error:ratio_rate1h").expr())
                .isEqualTo("(sum(rate(requests_total{code=~\"5..\"}[1h])))\n/\n(sum(rate(requests_total[1h])))\n");
        assertThat(rule(groups, 1, "slo:objective:ratio").expr()).isEqualTo("vector(0.9990000000000001)");
        assertThat(groups.getLast().rules())
                .extracting(rule -> rule.labels().toString())
                .containsExactly(
                        "{category=\"availability\", severity=\"page\", sloth_severity=\"page\"}",
                        "{category=\"availability\", severity=\"ticket\", sloth_severity=\"ticket\"}");
    }

    @Test
    void everyDocumentOfAFileIsRead() {
        String other = AVAILABILITY.replace("service: shop", "service: cart");
        assertThat(read(AVAILABILITY + "---\n" + other + "---\n").groups())
                .extracting(GroupSpec::name)
                .contains("sloth-slo-alerts-shop-availability", "sloth-slo-alerts-cart-availability");
    }

    @Test
    void noTwoObjectivesOfAFileMakeTheSameRule() {
        String other = AVAILABILITY.replace("service: shop", "service: cart").replace("ShopFails", "CartFails");
        String rules = RuleFileWriter.write(read(AVAILABILITY + "---\n" + other).groups());
        assertThat(DuplicateRules.of(RuleFileReader.read("slo.yml", rules, 60_000, QueryOptions.DEFAULT)
                        .file()))
                .isEmpty();
    }

    @Test
    void whatIsWrittenIsARuleFileThatSaysTheSame() {
        List<GroupSpec> groups = read(AVAILABILITY).groups();
        RuleFileReader.Result again =
                RuleFileReader.read("slo.yml", RuleFileWriter.write(groups), 60_000, QueryOptions.DEFAULT);
        assertThat(again.problems()).isEmpty();
        assertThat(again.file().specs()).isEqualTo(groups);
    }

    /**
     * When everything fails after six good hours: the hour has used 2 % of the budget after 51.84 s, which is the page of slo.md §3.1; six hours have
     * a share of errors above the budget itself at the first look, which is the ticket.
     */
    @Test
    void fastBurnPagesAfterTheTimeOfTheTable() throws Exception {
        String alert = """
                {exp_labels: {owner: web, sloth_id: shop-availability, sloth_service: shop, sloth_slo: availability, category: availability, \
                severity: SEVERITY, sloth_severity: SEVERITY}, exp_annotations: {runbook: PLACE, title: "(SEVERITY) shop availability SLO error \
                budget burn rate is too fast.", summary: "shop availability SLO error budget burn rate is over expected."}}""";
        String page = alert.replace("SEVERITY", "page").replace("PLACE", "here");
        String ticket = alert.replace("SEVERITY", "ticket").replace("PLACE", "there");
        Specs.assertPasses(
                folder, read(AVAILABILITY).groups(), """
                evaluation_interval: 30s
                tests:
                - interval: 30s
                  input_series:
                  - {series: 'requests_total{code="200"}', values: '0+300x720 216000x10'}
                  - {series: 'requests_total{code="500"}', values: '0x720 300+300x9'}
                  alert_rule_test:
                  - {eval_time: 6h, alertname: ShopFails, exp_alerts: []}
                  - {eval_time: 6h30s, alertname: ShopFails, exp_alerts: [TICKET]}
                  - {eval_time: 6h1m, alertname: ShopFails, exp_alerts: [PAGE, TICKET]}
                """.replace("PAGE", page).replace("TICKET", ticket));
    }

    @Test
    void fewEventsAlertNobody() throws Exception {
        Specs.assertPasses(folder, read(AVAILABILITY).groups(), """
                evaluation_interval: 30s
                tests:
                - interval: 30s
                  input_series:
                  - {series: 'requests_total{code="500"}', values: '0+1x240'}
                  alert_rule_test:
                  - {eval_time: 2h, alertname: ShopFails, exp_alerts: []}
                """);
    }

    @Test
    void alertsCanBeLeftOut() {
        String sli = "sli: {raw: {error_ratio_query: 'avg_over_time(e[{{.window}}])'}}";
        assertThat(read(slo("name: n, objective: 50, " + sli)).groups()).hasSize(2);
        List<GroupSpec> groups = read(slo(
                        "name: n, objective: 99, " + sli + ", alerting: {ticket_alert: {disable: true}}"))
                .groups();
        assertThat(groups.getLast().rules()).extracting(RuleSpec::name).containsExactly("s-n");
    }

    @Test
    void aResourceOfKubernetesSaysTheSameInItsOwnKeys() {
        String resource = """
                apiVersion: sloth.slok.dev/v1
                kind: PrometheusServiceLevel
                metadata: {name: shop, namespace: monitoring}
                spec:
                """
                + AVAILABILITY
                        .substring(AVAILABILITY.indexOf("service:"))
                        .replace("min_events", "minEvents")
                        .replace("error_query", "errorQuery")
                        .replace("total_query", "totalQuery")
                        .replace("page_alert", "pageAlert")
                        .replace("ticket_alert", "ticketAlert")
                        .indent(2);
        assertThat(RuleFileWriter.write(read(resource).groups()))
                .isEqualTo(RuleFileWriter.write(read(AVAILABILITY).groups())
                        .replace("sloth_spec: \"prometheus/v1\"", "sloth_spec: \"sloth.slok.dev/v1\""));
        assertThat(problems(resource.replace("pageAlert", "page_alert")))
                .isEqualTo("slo.yml:20:7: field page_alert not found in type Alerting; did you mean \"pageAlert\"?");
        assertThat(problems(resource.replace("PrometheusServiceLevel", "PrometheusServiceLevels")))
                .isEqualTo(
                        "slo.yml:2:7: unknown kind \"PrometheusServiceLevels\"; did you mean \"PrometheusServiceLevel\"?");
    }

    @Test
    void everyMistakeIsToldWithItsPlace() {
        assertThat(problems("""
                version: prometheus/v2
                slos:
                - name: a
                  objective: 101
                  sli: {plugin: {id: x}}
                - name: b
                  objectiv: 99
                  sli:
                    events: {error_query: "up[5m]", total_query: "sum(rate(x[{{.window}}])"}
                - name: c
                  objective: 90
                  min_events: 5
                  sli: {raw: {error_ratio_query: "rate(x[{{.window}}])"}}
                  alerting: {}
                """)).isEqualTo("""
                slo.yml:1:10: version must be prometheus/v1, not "prometheus/v2"
                slo.yml:1:1: service is required
                slo.yml:4:14: objective must be a percentage above 0 and at most 100
                slo.yml:5:9: SLI plugins are programs of Sloth that cannot be run here; write their queries as events or raw
                slo.yml:7:3: field objectiv not found in type SLO; did you mean "objective"?
                slo.yml:6:3: objective must be a percentage above 0 and at most 100
                slo.yml:9:27: {{.window}} must stand for the range of the query
                slo.yml:9:50: could not parse expression: 1:16: parse error: unclosed left parenthesis
                slo.yml:12:3: min_events needs an SLI of events: a ratio does not tell how many there were
                slo.yml:11:14: the alert over 5m and 1h could never fire: it needs an error ratio above 14.4 x 0.1; disable it, or raise the objective""");
        assertThat(problems("apiVersion: openslo/v1")).contains("unknown kind");
        assertThat(problems("version: prometheus/v1\nservice: s")).contains("at least one SLO is required");
        assertThat(problems("slos: [")).contains("yaml:");
    }
}
