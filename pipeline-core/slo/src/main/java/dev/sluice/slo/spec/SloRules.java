package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final String selector;
    private final String period;

    SloRules(Slo slo, String file, long interval, QueryOptions options) {
        this.slo = slo;
        this.file = file;
        this.interval = interval;
        this.options = options;
        period = slo.days() + "d";
        identity.put("sloth_id", slo.id());
        identity.put("sloth_service", slo.service());
        identity.put("sloth_slo", slo.name());
        labels.putAll(slo.labels());
        labels.putAll(identity);
        List<String> matchers = new ArrayList<>();
        identity.forEach((name, value) -> matchers.add(name + "=" + GoString.quote(value)));
        selector = "{" + String.join(", ", matchers) + "}";
    }

    /** In the order in which they are to be evaluated. */
    List<GroupSpec> groups() {
        List<GroupSpec> groups = new ArrayList<>();
        groups.add(group("sli-recordings", ratios()));
        groups.add(group("meta-recordings", meta()));
        List<RuleSpec> alerts = alerts();
        if (!alerts.isEmpty()) {
            groups.add(group("alerts", alerts));
        }
        return groups;
    }

    private GroupSpec group(String kind, List<RuleSpec> rules) {
        return new GroupSpec(file, "sloth-slo-" + kind + "-" + slo.id(), interval, 0, 0, options, rules);
    }

    private List<RuleSpec> ratios() {
        List<RuleSpec> rules = new ArrayList<>();
        for (String window : BurnRate.WINDOWS) {
            rules.add(recording(RATIO + window, ratio(window), Map.of(WINDOW, window)));
        }
        String fine = RATIO + BurnRate.WINDOWS.getFirst() + selector + "[" + period + "]";
        String expr = "sum_over_time(" + fine + ")\n/ ignoring (" + WINDOW + ")\ncount_over_time(" + fine + ")\n";
        rules.add(recording(RATIO + period, expr, Map.of(WINDOW, period)));
        return rules;
    }

    private String ratio(String window) {
        return switch (slo.sli()) {
            case Slo.Sli.Events events ->
                "(" + Windowed.fill(events.errorQuery(), window) + ")\n/\n("
                        + Windowed.fill(events.totalQuery(), window) + ")\n";
            case Slo.Sli.Raw raw -> "(" + Windowed.fill(raw.errorRatioQuery(), window) + ")\n";
        };
    }

    private List<RuleSpec> meta() {
        String objective = GoFloat.g(slo.objective() / 100);
        String budget = "slo:error_budget:ratio" + selector;
        String through = "\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n";
        return List.of(
                recording("slo:objective:ratio", "vector(" + objective + ")", Map.of()),
                recording("slo:error_budget:ratio", "vector(1-" + objective + ")", Map.of()),
                recording("slo:time_period:days", "vector(" + slo.days() + ")", Map.of()),
                recording(
                        "slo:current_burn_rate:ratio",
                        RATIO + BurnRate.WINDOWS.getFirst() + selector + through + budget + "\n",
                        Map.of()),
                recording("slo:period_burn_rate:ratio", RATIO + period + selector + through + budget + "\n", Map.of()),
                recording(
                        "slo:period_error_budget_remaining:ratio",
                        "1 - slo:period_burn_rate:ratio" + selector,
                        Map.of()),
                recording(
                        "sloth_slo_info",
                        "vector(1)",
                        Map.of("sloth_mode", "sluice", "sloth_spec", "prometheus/v1", "sloth_version", "sluice")));
    }

    private List<RuleSpec> alerts() {
        List<RuleSpec> rules = new ArrayList<>();
        alert("page", slo.alerting().page(), BurnRate.PAGE, rules);
        alert("ticket", slo.alerting().ticket(), BurnRate.TICKET, rules);
        return rules;
    }

    private void alert(String severity, Slo.Severity config, List<BurnRate> rates, List<RuleSpec> rules) {
        if (config.disabled()) {
            return;
        }
        List<String> conditions = rates.stream().map(this::condition).toList();
        Map<String, String> all = new LinkedHashMap<>(slo.alerting().labels());
        all.putAll(config.labels());
        all.put("sloth_severity", severity);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(
                "title",
                "(" + severity
                        + ") {{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is too fast.");
        annotations.put(
                "summary",
                "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is over expected.");
        annotations.putAll(slo.alerting().annotations());
        annotations.putAll(config.annotations());
        rules.add(new RuleSpec.Alerting(
                slo.alerting().name(), String.join("or\n", conditions), Labels.of(all), Labels.of(annotations), 0, 0));
    }

    private String condition(BurnRate rate) {
        return "(\n" + above(rate.shortWindow(), rate) + "    and\n" + above(rate.longWindow(), rate)
                + enoughEvents(rate) + ")\n";
    }

    private String above(String window, BurnRate rate) {
        return "    max(%s%s%s > (%s * %s)) without (%s)\n"
                .formatted(
                        RATIO, window, selector, GoFloat.g(rate.factor(slo.days())), GoFloat.g(slo.budget()), WINDOW);
    }

    /** The total is a rate: times the window it is how many there were. It lacks the labels that the recorded ratios have got. */
    private String enoughEvents(BurnRate rate) {
        if (slo.minEvents() == 0 || !(slo.sli() instanceof Slo.Sli.Events events)) {
            return "";
        }
        return "    and ignoring (%s)\n    (%s) * %d > %d\n"
                .formatted(
                        String.join(", ", labels.keySet()),
                        Windowed.fill(events.totalQuery(), rate.longWindow()),
                        rate.longSeconds(),
                        slo.minEvents());
    }

    private RuleSpec recording(String name, String expr, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.putAll(more);
        return new RuleSpec.Recording(name, expr, Labels.of(all));
    }
}
