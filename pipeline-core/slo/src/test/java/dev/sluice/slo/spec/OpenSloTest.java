package dev.sluice.slo.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RuleFileWriter;
import dev.sluice.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloTest {
    private static final String SLI = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: requests}
            spec:
              ratioMetric:
                counter: true
                bad: {metricSource: {type: Prometheus, spec: {query: 'requests_total{code="500"}'}}}
                total: {metricSource: {spec: {query: requests_total}}}
            """;
    private static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: calls, labels: {owner: web}}
            spec:
              service: shop
              indicatorRef: requests
              timeWindow: [{duration: 28d, isRolling: true}]
              objectives: [{target: 0.999}]
            """;

    @TempDir
    private Path folder;

    @Test
    void anObjectiveBecomesTheRulesOfItsPeriod() {
        List<GroupSpec> groups = groups(SLI + "---\n" + SLO);
        assertThat(groups)
                .extracting(GroupSpec::name)
                .containsExactly(
                        "sloth-slo-sli-recordings-shop-calls",
                        "sloth-slo-meta-recordings-shop-calls",
                        "sloth-slo-alerts-shop-calls");
        assertThat(rule(groups, "slo:sli_error:ratio_rate5m").expr())
                .isEqualTo("(sum(rate(requests_total{code=\"500\"}[5m])))\n/\n(sum(rate(requests_total[5m])))\n");
        assertThat(rule(groups, "slo:sli_error:ratio_rate4w").labels())
                .hasToString(
                        "{owner=\"web\", sloth_id=\"shop-calls\", sloth_service=\"shop\", sloth_slo=\"calls\", sloth_window=\"4w\"}");
        assertThat(rule(groups, "slo:sli_error:ratio_rate1h").labels().get("owner"))
                .isEqualTo("web");
        assertThat(rule(groups, "slo:time_period:days").expr()).isEqualTo("vector(28)");
        assertThat(rule(groups, "shop-calls").expr()).contains("> (13.44 * 0.00099", "> (5.6000000000000005 * 0.00099");
        RuleFileReader.Result again =
                RuleFileReader.read("slo.yml", RuleFileWriter.write(groups), 60_000, QueryOptions.DEFAULT);
        assertThat(again.problems()).isEmpty();
        assertThat(again.file().specs()).isEqualTo(groups);
    }

    @Test
    void goodEventsAreWhatIsLeftOfAll() {
        assertThat(errors("""
                ratioMetric:
                  good: {metricSource: {spec: {query: 'sum(rate(ok[{{.window}}]))'}}}
                  total: {metricSource: {spec: {query: 'sum(rate(all[{{.window}}]))'}}}
                """, "target: 0.99"))
                .isEqualTo("((sum(rate(all[5m]))) - (sum(rate(ok[5m]))))\n/\n(sum(rate(all[5m])))\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failure | (ratio[5m])",
                "success | (1 - (ratio[5m]))",
            })
    void aRatioMayBeOfEither(String type, String expected) {
        assertThat(errors("""
                ratioMetric:
                  rawType: %s
                  raw: {metricSource: {spec: {query: 'avg_over_time(ratio[{{.window}}])'}}}
                """.formatted(type), "target: 0.99"))
                .isEqualTo(expected.replace("ratio[5m]", "avg_over_time(ratio[5m])"));
    }

    @Test
    void aThresholdIsBadWhileItIsNotKept() {
        assertThat(errors(
                        "thresholdMetric: {metricSource: {spec: {query: queue_length}}}",
                        "{target: 0.99, op: lte, value: 5}"))
                .isEqualTo("(1 - avg_over_time(((queue_length) <= bool 5)[5m:]))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Timeslices | (1 - avg_over_time(((1 - ((sum(rate(bad[1m]))) / (sum(rate(all[1m]))) >= 0)) >= bool 0.9)[5m:1m]))",
                "RatioTimeslices | (avg_over_time(((sum(rate(bad[1m]))) / (sum(rate(all[1m]))) >= 0)[5m:1m]))",
            })
    void slicesOfTimeAreCountedInsteadOfEvents(String method, String expected) {
        String sli = """
                ratioMetric:
                  counter: true
                  bad: {metricSource: {spec: {query: bad}}}
                  total: {metricSource: {spec: {query: all}}}
                """;
        assertThat(errors(sli, "{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m}", method))
                .isEqualTo(expected);
    }

    @Test
    void everyObjectiveOfAnSloIsOne() {
        assertThat(groups(SLI + "---\n" + SLO.replace("[{target: 0.999}]", "[{target: 0.999}, {targetPercent: 99.5}]")))
                .extracting(GroupSpec::name)
                .contains("sloth-slo-alerts-shop-calls-0", "sloth-slo-alerts-shop-calls-1");
    }

    /** As with Sloth's format: the quick page after 13.44 x 0.1 % of an hour. */
    @Test
    void rulesFireWhenTheBudgetBurns() throws Exception {
        Specs.assertPasses(folder, groups(SLI + "---\n" + SLO), """
                evaluation_interval: 30s
                tests:
                - interval: 30s
                  input_series:
                  - {series: 'requests_total{code="200"}', values: '0+300x720 216000x10'}
                  - {series: 'requests_total{code="500"}', values: '0x720 300+300x9'}
                  promql_expr_test:
                  - {expr: 'count(ALERTS{sloth_severity="page"}) or vector(0)', eval_time: 6h, exp_samples: [{labels: '{}', value: 0}]}
                  - {expr: 'count(ALERTS{sloth_severity="page"})', eval_time: 6h1m, exp_samples: [{labels: '{}', value: 1}]}
                """);
    }

    /** Ten idle minutes: they are neither good nor bad, and do not hide what fails before and after them. */
    @ParameterizedTest
    @CsvSource({
        "Timeslices, 0x71, 0",
        "Timeslices, 0+60x20 1200x10 1200+60x40, 1",
        "RatioTimeslices, 0+60x20 1200x10 1200+60x40, 1"
    })
    void idleSlicesDoNotCount(String method, String bad, int pages) throws Exception {
        String text = SLI + "---\n"
                + SLO.replace("[{target: 0.999}]", "[{target: 0.999, timeSliceTarget: 0.9, timeSliceWindow: 5m}]")
                        .replace("  objectives", "  budgetingMethod: " + method + "\n  objectives");
        Specs.assertPasses(folder, groups(text), """
                evaluation_interval: 1m
                tests:
                - interval: 1m
                  input_series:
                  - {series: 'requests_total{code="500"}', values: 'BAD'}
                  - {series: 'requests_total{code="200"}', values: 'GOOD'}
                  promql_expr_test:
                  - {expr: 'count(ALERTS{sloth_severity="page"}) or vector(0)', eval_time: 45m, exp_samples: [{labels: '{}', value: PAGES}]}
                """.replace("BAD", bad)
                .replace("GOOD", pages == 0 ? "0+60x20 1200x10 1200+60x40" : "0x71")
                .replace("PAGES", Integer.toString(pages)));
    }

    @Test
    void nobodyIsToldTwiceOfTheSameName() {
        assertThat(read(SLI + "---\n" + SLI + "---\n" + SLO + "---\n" + SLO).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "the SLI requests is repeated: it is at slo.yml:5:3 already",
                        "the SLO shop-calls is repeated: it is at slo.yml:26:16 already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeSliceWindow: 10m | at most 5m",
                "timeSliceWindow: 0s | must be above 0",
                "timeSliceWindow: sometimes | not a valid duration string",
                "description: x | timeSliceWindow is required",
            })
    void aSliceIsADurationThatFitsIntoEveryWindow(String key, String problem) {
        String text = SLI + "---\n"
                + SLO.replace("[{target: 0.999}]", "[{target: 0.999, timeSliceTarget: 0.9, " + key + "}]")
                        .replace("  objectives", "  budgetingMethod: Timeslices\n  objectives");
        assertThat(read(text).problems())
                .extracting(Problem::message)
                .anySatisfy(said -> assertThat(said).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openslo/v1 | openslo/v2alpha | unknown apiVersion \"openslo/v2alpha\": objectives are in apiVersion openslo/v1 or sloth.slok.dev/v1, or in Sloth's version prometheus/v1",
                "kind: SLO | kind: SLOO | unknown kind \"SLOO\"; did you mean \"SLO\"?",
                "service: shop | description: x | service is required",
                "indicatorRef: requests | indicatorRef: request | there is no SLI \"request\" in these files; did you mean \"requests\"?",
                "indicatorRef: requests | description: x | exactly one of indicator and indicatorRef is required",
                "duration: 28d | duration: 1d | a period must be longer than 3d",
                "target: 0.999 | target: 0.999, targetPercent: 99.9 | only one of target and targetPercent",
                "target: 0.999 | target: 1.5 | target must be above 0 and below 1",
                "target: 0.999 | target: 0.9 | could never fire: it needs an error ratio above 13.44 x",
                "timeWindow: | timeWindows: | did you mean \"timeWindow\"?",
                "objectives: | budgetingMethod: Timeslice\\n  objectives: | unknown budgetingMethod \"Timeslice\"; did you mean \"Timeslices\"?",
                "objectives: | alertPolicies: [a]\\n  objectives: | cannot unmarshal !!str `a` into AlertPolicy",
                "objectives: [{target: 0.999}] | objectives: [] | objectives must have at least one",
            })
    void whatIsWrongIsSaid(String from, String to, String problem) {
        String text = SLI + "---\n" + SLO.replace(from, to.replace("\\n", "\n"));
        SloFiles file = read(text);
        assertThat(file.groups()).isEmpty();
        assertThat(file.problems())
                .extracting(Problem::toString)
                .anySatisfy(said -> assertThat(said).startsWith("slo.yml:").contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ratioMetric: | thresholdMetric: {}\\n  ratioMetric: | exactly one of ratioMetric and thresholdMetric",
                "counter: true | counter: false | the query must have {{.window}} for its range, or be a selector",
                "query: requests_total | query: sum(requests_total) | the query must have {{.window}}",
                "query: requests_total | query: 'sum(rate(requests_total[{{.window}}])' | could not parse expression",
                "query: requests_total | query: requests_total offset 5m | could not parse expression",
                "type: Prometheus | type: Datadog | type Datadog is not supported: queries are PromQL",
                "query: requests_total | queri: requests_total | metricSource.spec.query, in PromQL, is required",
                "total: | totl: | ratioMetric must have total and exactly one of good and bad, or raw",
            })
    void whatIsWrongWithAnIndicatorIsSaid(String from, String to, String problem) {
        SloFiles file = read(SLI.replace(from, to.replace("\\n", "\n")) + "---\n" + SLO);
        assertThat(file.groups()).isEmpty();
        assertThat(file.problems())
                .extracting(Problem::message)
                .anySatisfy(said -> assertThat(said).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duration: 28d, isRolling: false | slo.yml:16:43 | 4w | vector(28)",
                "duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC} | slo.yml:16:31 | 30d | vector(30)",
                "duration: 2Q, calendar: {} | slo.yml:16:31 | 180d | vector(180)",
                "duration: 1Y, calendar: {} | slo.yml:16:31 | 1y | vector(365)",
            })
    void aWindowOfTheCalendarRollsAndAWarningSaysSo(String window, String place, String period, String days) {
        SloFiles files = read(SLI + "---\n" + SLO.replace("duration: 28d, isRolling: true", window));
        assertThat(files.problems()).isEmpty();
        assertThat(files.warnings())
                .extracting(Problem::toString)
                .containsExactly(place + ": a window of the calendar is taken for a rolling one of the same length, "
                        + period + ": the budget does not begin anew at once");
        assertThat(rule(files.groups(), "slo:time_period:days").expr()).isEqualTo(days);
    }

    @Test
    void filesReferToEachOther() {
        String source = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: p}\nspec: {type: %s}\n";
        String service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: shop}\nspec: {description: d}\n";
        String sli = SLI.replace("type: Prometheus,", "metricSourceRef: p,");
        SloFiles files = read(SLO, service + "---\n" + sli, source.formatted("Prometheus"));
        assertThat(files.problems()).isEmpty();
        assertThat(files.groups()).extracting(GroupSpec::file).containsOnly("slo.yml");
        assertThat(read(SLO, sli, source.formatted("Datadog")).problems())
                .extracting(Problem::toString)
                .containsExactly("slo3.yml:4:14: type Datadog is not supported: queries are PromQL");
        assertThat(read(SLO, service, SLI, SLI).problems())
                .extracting(Problem::toString)
                .containsExactly("slo4.yml:1:1: the SLI requests is repeated: it is at slo3.yml:5:3 already");
        assertThat(read(SLO, SLI, SLO).problems())
                .extracting(Problem::toString)
                .containsExactly("slo3.yml:8:16: the SLO shop-calls is repeated: it is at slo.yml:8:16 already");
    }

    @Test
    void indicatorsAloneAreNoObjectives() {
        assertThat(read(SLI).problems())
                .extracting(Problem::message)
                .containsExactly("at least one document of kind SLO is required");
    }

    private static String errors(String sli, String objective) {
        return errors(sli, objective, "Occurrences");
    }

    private static String errors(String sli, String objective, String method) {
        String braced = objective.startsWith("{") ? objective : "{" + objective + "}";
        String text = SLO.replace(
                        "indicatorRef: requests",
                        "indicator:\n    spec:\n" + sli.indent(6).stripTrailing())
                .replace("[{target: 0.999}]", "[" + braced + "]")
                .replace("  objectives", "  budgetingMethod: " + method + "\n  objectives");
        return rule(groups(text), "slo:sli_error:ratio_rate5m").expr();
    }

    private static SloFiles read(String... texts) {
        return Specs.read(texts);
    }

    private static List<GroupSpec> groups(String text) {
        SloFiles file = read(text);
        assertThat(file.problems()).isEmpty();
        return file.groups();
    }

    private static RuleSpec rule(List<GroupSpec> groups, String name) {
        return groups.stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
