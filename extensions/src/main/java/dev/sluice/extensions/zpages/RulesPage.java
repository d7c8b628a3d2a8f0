package dev.sluice.extensions.zpages;

import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import dev.sluice.extensions.zpages.Html.Cell;
import dev.sluice.extensions.zpages.Html.Property;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rules, alerts and objectives.
 *
 * @param reports what the components have told, by the words for the component
 */
record RulesPage(ServiceInfo service, Map<String, RuleReport> reports) implements Page {
    private static final String NOTHING = "–";

    @Override
    public String path() {
        return "/debug/slo";
    }

    @Override
    public String title() {
        return "Rules";
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public Future<Page> ready() {
        return service.rules().map(told -> new RulesPage(service, told));
    }

    @Override
    public JsonObject json() {
        JsonArray components = new JsonArray();
        reports.forEach((owner, report) -> components.add(new JsonObject()
                .put("component", owner)
                .put("series", report.series())
                .put("samples_refused", report.refused())
                .put("totals", json(report.totals()))
                .put("groups", array(report.groups(), RulesPage::json))
                .put("rules", array(report.rules(), RulesPage::json))
                .put("objectives", array(report.objectives(), RulesPage::json))
                .put("changes", array(report.changes(), RulesPage::json))));
        return new JsonObject().put("components", components);
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        return new JsonArray(items.stream().map(json).toList());
    }

    private static JsonObject json(RuleReport.Totals totals) {
        return new JsonObject()
                .put("groups", totals.groups())
                .put("rules", totals.rules())
                .put("rules_failing", totals.failing())
                .put("alerts_pending", totals.pending())
                .put("alerts_firing", totals.firing())
                .put("objectives", totals.objectives());
    }

    private static JsonObject json(RuleReport.Group group) {
        return new JsonObject()
                .put("name", group.name())
                .put("file", group.file())
                .put("rules", group.rules())
                .put("interval_ms", group.interval())
                .put("evaluated_at", time(group.evaluatedAt()))
                .put("evaluation_ms", group.took())
                .put("iterations_missed", group.missed());
    }

    private static JsonObject json(RuleReport.Element element) {
        JsonObject json = new JsonObject().put("labels", element.labels()).put("state", element.state());
        if (Double.isNaN(element.count())) {
            json.put("value", number(element.value()));
        } else {
            json.put(
                    "histogram",
                    new JsonObject().put("count", number(element.count())).put("sum", number(element.value())));
        }
        return json.put("since", time(element.since()));
    }

    private static JsonObject json(RuleReport.Rule rule) {
        return new JsonObject()
                .put("group", rule.group())
                .put("name", rule.name())
                .put("expr", rule.expr())
                .put("health", rule.health())
                .put("error", rule.error())
                .put("evaluated_at", time(rule.evaluatedAt()))
                .put("state", rule.state())
                .put("threshold", rule.threshold())
                .put("results", rule.results())
                .put("elements", array(rule.elements(), RulesPage::json));
    }

    private static JsonObject json(RuleReport.Objective objective) {
        JsonObject rates = new JsonObject();
        objective.burnRates().forEach((window, rate) -> rates.put(window, number(rate)));
        return new JsonObject()
                .put("name", objective.name())
                .put("target", number(objective.target()))
                .put("budget_left", number(objective.budgetLeft()))
                .put("burn_rates", rates);
    }

    private static JsonObject json(RuleReport.Change change) {
        return new JsonObject()
                .put("at", time(change.at()))
                .put("labels", change.labels())
                .put("state", change.state())
                .put("value", number(change.value()));
    }

    /** JSON has no NaN and no infinity. */
    private static Object number(double value) {
        return Double.isFinite(value) ? value : Double.toString(value);
    }

    private static String time(long millis) {
        return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
    }

    @Override
    public void show(Html html) {
        if (reports.isEmpty()) {
            html.element("p", "No processor or connector slo is at work.");
        }
        reports.forEach((owner, report) -> {
            html.markup("<section>\n").element("h2", owner);
            RuleReport.Totals totals = report.totals();
            html.properties(List.of(
                    new Property(
                            "Rules",
                            Figures.count(totals.rules()) + " in " + Figures.count(totals.groups()) + " groups, "
                                    + Figures.count(totals.failing()) + " failing"),
                    new Property(
                            "Alerts",
                            Figures.count(totals.firing()) + " firing, " + Figures.count(totals.pending())
                                    + " pending"),
                    new Property("Series kept", Figures.count(report.series())),
                    new Property("Samples of further series refused", Figures.count(report.refused()))));
            objectives(html, report);
            rules(html, report);
            alerts(html, report);
            groups(html, report);
            changes(html, report.changes());
            html.markup("</section>\n");
        });
    }

    /** What a table shows, and of how many where these are not all. */
    private static String caption(String what, int shown, int total) {
        return shown < total ? what + ", " + Figures.count(shown) + " of " + Figures.count(total) : what;
    }

    private static void groups(Html html, RuleReport report) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RuleReport.Group group : report.groups()) {
            rows.add(List.of(
                    Cell.of(group.name()),
                    Cell.of(group.file()),
                    Cell.of(Figures.count(group.rules())),
                    Cell.of(Figures.count(group.interval()) + " ms"),
                    Cell.of(group.evaluatedAt() == 0 ? NOTHING : time(group.evaluatedAt())),
                    Cell.of(Figures.count(group.took()) + " ms"),
                    new Cell(Figures.count(group.missed()), group.missed() > 0)));
        }
        html.table(
                caption("Groups", rows.size(), report.totals().groups()),
                List.of("Group", "File", "Rules", "Interval", "Evaluated for", "Took", "Missed"),
                rows);
    }

    private static void objectives(Html html, RuleReport report) {
        List<RuleReport.Objective> objectives = report.objectives();
        if (objectives.isEmpty()) {
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (RuleReport.Objective objective : objectives) {
            String rates = objective.burnRates().entrySet().stream()
                    .map(rate -> rate.getKey() + " " + Figures.ratio(rate.getValue()))
                    .collect(Collectors.joining(", "));
            rows.add(List.of(
                    Cell.of(objective.name()),
                    Cell.of(Figures.percent(objective.target())),
                    new Cell(Figures.percent(objective.budgetLeft()), objective.budgetLeft() < 0),
                    Cell.of(rates)));
        }
        html.table(
                caption("Objectives", rows.size(), report.totals().objectives()),
                List.of("Objective", "Target", "Budget left", "Burn rates"),
                rows);
    }

    private static void rules(Html html, RuleReport report) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RuleReport.Rule rule : report.rules()) {
            boolean bad = rule.health().equals("err");
            rows.add(List.of(
                    Cell.of(rule.name()),
                    Cell.of(rule.group()),
                    Cell.of(rule.expr()),
                    new Cell(
                            rule.state().isEmpty() ? NOTHING : rule.state(),
                            rule.state().equals("firing")),
                    new Cell(bad ? rule.error() : rule.health(), bad),
                    Cell.of(Figures.count(rule.results())),
                    Cell.of(rule.evaluatedAt() == 0 ? NOTHING : time(rule.evaluatedAt()))));
        }
        html.table(
                caption("Rules", rows.size(), report.totals().rules()),
                List.of("Rule", "Group", "Expression", "State", "Health", "Results", "Evaluated for"),
                rows);
    }

    private static void alerts(Html html, RuleReport report) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RuleReport.Rule rule : report.rules()) {
            for (RuleReport.Element element : rule.elements()) {
                if (!element.state().isEmpty()) {
                    rows.add(List.of(
                            Cell.of(element.labels()),
                            new Cell(element.state(), element.state().equals("firing")),
                            Cell.of(Figures.ratio(element.value())),
                            Cell.of(rule.threshold().isEmpty() ? NOTHING : rule.threshold()),
                            Cell.of(time(element.since()))));
                }
            }
        }
        if (!rows.isEmpty()) {
            int all = report.totals().pending() + report.totals().firing();
            html.table(
                    caption("Alerts", rows.size(), all),
                    List.of("Alert", "State", "Value", "Threshold", "Active since"),
                    rows);
        }
    }

    private static void changes(Html html, List<RuleReport.Change> changes) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RuleReport.Change change : changes) {
            rows.add(List.of(
                    Cell.of(time(change.at())),
                    Cell.of(change.labels()),
                    new Cell(change.state(), change.state().equals("firing")),
                    Cell.of(Figures.ratio(change.value()))));
        }
        if (!rows.isEmpty()) {
            html.table("Last changes", List.of("At", "Alert", "State", "Value"), rows);
        }
    }
}
