package dev.sluice.slo.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloAlertsTest {
    private static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: calls}
            spec:
              service: shop
              indicator:
                spec:
                  ratioMetric:
                    counter: true
                    bad: {metricSource: {spec: {query: 'requests_total{code="500"}'}}}
                    total: {metricSource: {spec: {query: requests_total}}}
              timeWindow: [{duration: 2d, isRolling: true}]
              objectives: [{target: 0.99}]
              alertPolicies:
              - alertPolicyRef: Burning
            """;
    private static final String POLICY = """
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: {name: Burning}
            spec:
              description: Users notice.
              alertWhenBreaching: true
              conditions:
              - conditionRef: fast
              notificationTargets:
              - targetRef: on-call
              - {kind: AlertNotificationTarget, metadata: {name: chat}, spec: {target: slack}}
            """;
    private static final String REST = """
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: fast}
            spec:
              severity: sev1
              condition: {kind: burnrate, op: gte, threshold: 4.5, lookbackWindow: 1h, alertAfter: 2m}
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: {name: on-call}
            spec: {target: email}
            """;

    @TempDir
    private Path folder;

    @Test
    void aConditionOfAnyFileBecomesAnAlertInThePlaceOfPageAndTicket() {
        SloFiles files = Specs.read(SLO, POLICY, REST);
        assertThat(files.problems()).isEmpty();
        assertThat(files.warnings()).isEmpty();
        assertThat(files.groups().getFirst().rules())
                .extracting(RuleSpec::name)
                .containsExactly(
                        "slo:sli_error:ratio_rate5m", "slo:sli_error:ratio_rate1h", "slo:sli_error:ratio_rate2d");
        List<RuleSpec> alerts = files.groups().getLast().rules();
        assertThat(alerts).hasSize(1);
        RuleSpec.Alerting alert = (RuleSpec.Alerting) alerts.getFirst();
        assertThat(alert.name()).isEqualTo("Burning");
        assertThat(alert.holdFor()).isEqualTo(120_000);
        assertThat(alert.expr()).isEqualTo("""
                (
                    max(slo:sli_error:ratio_rate1h{sloth_id="shop-calls", sloth_service="shop", sloth_slo="calls"} >= (4.5 * 0.01)) without (sloth_window)
                )
                """);
        assertThat(alert.labels())
                .hasToString(
                        "{alert_condition=\"fast\", notification_targets=\"on-call,chat\", severity=\"sev1\", sloth_severity=\"sev1\"}");
        assertThat(alert.annotations().get("title"))
                .isEqualTo(
                        "(sev1) {{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is at or above 4.5 over 1h.");
        assertThat(alert.annotations().get("description")).isEqualTo("Users notice.");
        assertThat(files.groups().get(1).rules().getLast().labels().get("sluice_burn_rates"))
                .isEqualTo("1h/1h 9.375% sev1");
    }

    @Test
    void policiesAndConditionsMayStandInline() {
        String inline = """
              - kind: AlertPolicy
                metadata: {name: Inline}
                spec:
                  alertWhenNoData: true
                  conditions:
                  - metadata: {name: c}
                    spec: {severity: page, condition: {op: gt, threshold: 2, lookbackWindow: 30m}}
            """;
        List<GroupSpec> groups = groups(SLO.replace("  - alertPolicyRef: Burning\n", inline));
        assertThat(groups.getLast().rules()).extracting(RuleSpec::name).containsExactly("Inline", "Inline-no-data");
        assertThat(groups.getLast().rules().getLast().expr())
                .isEqualTo(
                        "absent(slo:sli_error:ratio_rate30m{sloth_id=\"shop-calls\", sloth_service=\"shop\", sloth_slo=\"calls\"})");
    }

    /** A twentieth fails from the minute 21 on, and nothing before: at minute 29 that is 4.5 times the budget of a hundredth over ten minutes. */
    @Test
    void theAlertFiresWhenTheConditionHasHeldForItsTime() throws Exception {
        String rest = REST.replace("threshold: 4.5, lookbackWindow: 1h", "threshold: 4.5, lookbackWindow: 10m");
        Specs.assertPasses(folder, groups(SLO, POLICY, rest), """
                evaluation_interval: 1m
                tests:
                - interval: 1m
                  input_series:
                  - {series: 'requests_total{code="200"}', values: '0+95x60'}
                  - {series: 'requests_total{code="500"}', values: '0x20 5+5x40'}
                  promql_expr_test:
                  - {expr: 'slo:sli_error:ratio_rate10m >= bool 0.045', eval_time: 28m, exp_samples: [{labels: '{sloth_id="shop-calls", sloth_service="shop", sloth_slo="calls", sloth_window="10m"}', value: 0}]}
                  - {expr: 'count(ALERTS) or vector(0)', eval_time: 28m, exp_samples: [{labels: '{}', value: 0}]}
                  - {expr: 'count(ALERTS{alertname="Burning", alertstate="pending"})', eval_time: 30m, exp_samples: [{labels: '{}', value: 1}]}
                  - {expr: 'count(ALERTS{alertname="Burning", alertstate="firing"})', eval_time: 31m, exp_samples: [{labels: '{}', value: 1}]}
                """);
    }

    @Test
    void aPolicyThatNobodyRefersToIsLookedAtToo() {
        String unused =
                POLICY.replace("name: Burning", "name: Unused").replace("conditionRef: fast", "conditionRef: gone");
        assertThat(Specs.read(SLO, POLICY, REST, unused).problems())
                .extracting(Problem::toString)
                .containsExactly("slo4.yml:8:19: there is no AlertCondition \"gone\" in these files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conditionRef: fast | conditionRef: fsat | slo2.yml:8:19: there is no AlertCondition \"fsat\" in these files; did you mean \"fast\"?",
                "targetRef: on-call | targetRef: pager | slo2.yml:10:16: there is no AlertNotificationTarget \"pager\"",
                "alertPolicyRef: Burning | alertPolicyRef: Burnin | slo.yml:15:21: there is no AlertPolicy \"Burnin\" in these files; did you mean \"Burning\"?",
                "alertPolicyRef: Burning | kind: AlertPolicy | slo.yml:15:5: either alertPolicyRef or spec is required",
                "kind: burnrate | kind: budget | slo3.yml:6:21: kind must be burnrate, not \"budget\"",
                "op: gte | op: eq | slo3.yml:6:35: op must be one of gt, gte, lt and lte, not \"eq\"",
                "threshold: 4.5 | threshold: -1 | slo3.yml:6:51: threshold must be above 0",
                "threshold: 4.5 | threshold: 100 | slo.yml:13:25: the alert over 1h could never fire: it needs an error ratio above 100 x 0.01",
                "lookbackWindow: 1h | lookbackWindow: 2d | slo3.yml:6:72: lookbackWindow must be shorter than the period of the SLO",
                "alertAfter: 2m | alertAfter: later | slo3.yml:6:88: not a valid duration string: \"later\"",
                "severity: sev1 | description: x | slo3.yml:5:3: severity is required",
                "target: email | description: x | slo3.yml:11:7: target is required",
                "kind: AlertNotificationTarget, | kind: Alert, | slo2.yml:11:12: kind must be AlertNotificationTarget, not \"Alert\"",
            })
    void whatIsWrongIsSaidWithItsPlace(String from, String to, String problem) {
        SloFiles files = Specs.read(SLO.replace(from, to), POLICY.replace(from, to), REST.replace(from, to));
        assertThat(files.groups()).isEmpty();
        assertThat(files.problems())
                .extracting(Problem::toString)
                .anySatisfy(said -> assertThat(said).startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "op: gte | op: lte | slo3.yml:6:35: lte is taken at its word",
                "alertWhenBreaching: true | alertWhenResolved: false | slo2.yml:6:22: who is told of alerts is told when they are resolved too",
                "alertWhenBreaching: true | alertWhenBreaching: false | slo2.yml:5:3: the AlertPolicy Burning alerts of nothing",
            })
    void whatIsTakenOtherwiseIsWarnedOf(String from, String to, String warning) {
        SloFiles files = Specs.read(SLO, POLICY.replace(from, to), REST.replace(from, to));
        assertThat(files.problems()).isEmpty();
        assertThat(files.warnings())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    private static List<GroupSpec> groups(String... texts) {
        SloFiles files = Specs.read(texts);
        assertThat(files.problems()).isEmpty();
        return files.groups();
    }
}
