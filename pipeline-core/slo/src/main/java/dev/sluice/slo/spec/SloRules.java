package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rules of an objective: error ratios over all windows, what is said about them, and two alerts that fire when the budget burns too fast. Names,
 * labels and shape are Sloth's, so that its dashboards work. Source: github.com/slok/sloth, examples/_gen.
 */
final class SloRules {
    private static final String RATIO = "slo:sli_error:ratio_rate";
    private static final String WINDOW = "sloth_window";

    private final Slo slo;
    private final String file;
    private final long interval;
    private final QueryOptions options;
    /** The labels that say whose the rules are. */
    private final Map<String, String> identity = new LinkedHashMap<>();

    private final String selector;
    private final String period;
    private final String current;

    SloRules(Slo slo, long interval, QueryOptions options) {
        this.slo = slo;
        file = slo.mark().source().name();
        this.interval = interval;
        this.options = options;
        period = Windows.text(slo.windows().period());
        current = Windows.text(slo.windows().current());
        identity.put(SlothInfo.ID, slo.id());
        identity.put(SlothInfo.SERVICE, slo.service());
        identity.put(SlothInfo.SLO, slo.name());
        List<String> matchers = new ArrayList<>();
        identity.forEach((name, value) -> matchers.add(name + "=" + GoString.quote(value)));
        selector = "{" + String.join(", ", matchers) + "}";
    }

    /** In the order in which they are to be evaluated. */
    List<GroupSpec> groups() {
        List<GroupSpec> groups = new ArrayList<>();
        groups.add(group("sli-recordings", ratios()));
        groups.add(group("meta-recordings", meta()));
        if (!slo.alerts().isEmpty()) {
            groups.add(group("alerts", slo.alerts().stream().map(this::alert).toList()));
        }
        return groups;
    }

    private GroupSpec group(String kind, List<RuleSpec> rules) {
        return new GroupSpec(file, "sloth-slo-" + kind + "-" + slo.id(), interval, 0, 0, options, rules);
    }

    private List<RuleSpec> ratios() {
        List<RuleSpec> rules = new ArrayList<>();
        for (Duration each : slo.windows().recorded()) {
            String window = Windows.text(each);
            rules.add(recording(RATIO + window, ratio(window), Map.of(WINDOW, window)));
        }
        String fine = RATIO + current + selector + "[" + period + "]";
        String expr = "sum_over_time(" + fine + ")\n/ ignoring (" + WINDOW + ")\ncount_over_time(" + fine + ")\n";
        rules.add(recording(RATIO + period, expr, Map.of(WINDOW, period)));
        return rules;
    }

    private String ratio(String window) {
        return switch (slo.sli()) {
            case Slo.Sli.Events events ->
                "(" + Windowed.fill(events.errorQuery(), window) + ")\n/\n("
                        + Windowed.fill(events.totalQuery(), window) + ")\n";
            case Slo.Sli.Raw raw -> "(" + Windowed.fill(raw.errorRatioQuery(), window) + ")";
        };
    }

    private List<RuleSpec> meta() {
        String objective = GoFloat.g(slo.objective() / 100);
        String days = GoFloat.g(AlertWindows.hours(slo.windows().period()) / 24);
        String budget = "slo:error_budget:ratio" + selector;
        String through = "\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n";
        Map<String, String> told = labels(Map.of());
        told.putAll(SlothInfo.labels(slo));
        return List.of(
                recording("slo:objective:ratio", "vector(" + objective + ")", Map.of()),
                recording("slo:error_budget:ratio", "vector(1-" + objective + ")", Map.of()),
                recording("slo:time_period:days", "vector(" + days + ")", Map.of()),
                recording(
                        "slo:current_burn_rate:ratio", RATIO + current + selector + through + budget + "\n", Map.of()),
                recording("slo:period_burn_rate:ratio", RATIO + period + selector + through + budget + "\n", Map.of()),
                recording(
                        "slo:period_error_budget_remaining:ratio",
                        "1 - slo:period_burn_rate:ratio" + selector,
                        Map.of()),
                new RuleSpec.Recording(SlothInfo.NAME, "vector(1)", Labels.of(told)));
    }

    private RuleSpec alert(Slo.Alert alert) {
        String expr = switch (alert.when()) {
            case Slo.When.Burns burns ->
                burns.any().stream().map(this::condition).collect(Collectors.joining("or\n"));
            case Slo.When.NoData noData -> "absent(" + RATIO + Windows.text(noData.window()) + selector + ")";
        };
        return new RuleSpec.Alerting(
                alert.name(),
                expr,
                Labels.of(alert.labels()),
                Labels.of(alert.annotations()),
                alert.holdFor().toMillis(),
                0);
    }

    private String condition(BurnRate rate) {
        return rate.windows().stream()
                        .map(window -> above(window, rate))
                        .collect(Collectors.joining("    and\n", "(\n", ""))
                + enoughEvents(rate) + ")\n";
    }

    private String above(Duration window, BurnRate rate) {
        return "    max(%s%s%s %s (%s * %s)) without (%s)\n"
                .formatted(
                        RATIO,
                        Windows.text(window),
                        selector,
                        rate.operator(),
                        GoFloat.g(rate.factor()),
                        GoFloat.g(slo.budget()),
                        WINDOW);
    }

    /** The total is a rate: times the window it is how many there were. It lacks the labels that the recorded ratios have got. */
    private String enoughEvents(BurnRate rate) {
        if (slo.minEvents() == 0 || !(slo.sli() instanceof Slo.Sli.Events events)) {
            return "";
        }
        return "    and ignoring (%s)\n    (%s) * %s > %d\n"
                .formatted(
                        String.join(", ", labels(Map.of()).keySet()),
                        Windowed.fill(events.totalQuery(), Windows.text(rate.longWindow())),
                        GoFloat.g(rate.longWindow().toMillis() / 1000.0),
                        slo.minEvents());
    }

    private RuleSpec recording(String name, String expr, Map<String, String> more) {
        return new RuleSpec.Recording(name, expr, Labels.of(labels(more)));
    }

    /** What a user has written wins, as in Sloth. */
    private Map<String, String> labels(Map<String, String> more) {
        Map<String, String> labels = new LinkedHashMap<>(identity);
        labels.putAll(more);
        labels.putAll(slo.labels());
        return labels;
    }
}
