package dev.sluice.extensions.zpages;

import dev.sluice.api.ComponentId;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.ServiceInfo.Edge;
import dev.sluice.api.ServiceInfo.Pipeline;
import dev.sluice.extensions.zpages.Html.Cell;
import dev.sluice.extensions.zpages.Rates.Rate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pipelines and what goes through each of their connections. */
record PipelinesPage(ServiceInfo service, Rates rates) implements Page {
    private static final List<String> COLUMNS =
            List.of("Connection", "Items/s", "Refused/s", "Failed/s", "Bytes/s", "Items", "Refused", "Failed", "Bytes");

    private static final String UNKNOWN = "–";

    @Override
    public String path() {
        return "/debug/pipelinez";
    }

    @Override
    public String title() {
        return "Pipelines";
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public JsonObject json() {
        JsonArray pipelines = new JsonArray();
        for (Pipeline pipeline : service.pipelines()) {
            JsonArray edges = new JsonArray();
            for (Edge edge : pipeline.edges()) {
                edges.add(json(edge, rates.of(pipeline.id(), edge)));
            }
            pipelines.add(new JsonObject()
                    .put("id", pipeline.id().toString())
                    .put("receivers", names(pipeline.receivers()))
                    .put("processors", names(pipeline.processors()))
                    .put("exporters", names(pipeline.exporters()))
                    .put("edges", edges));
        }
        return new JsonObject().put("pipelines", pipelines);
    }

    @Override
    public void show(Html html) {
        html.markup(
                "<p class=\"soft\">Items are spans, data points and log records. Rates are those of the last 10 seconds, "
                        + "the other numbers those since the service started or was reloaded.</p>\n");
        for (Pipeline pipeline : service.pipelines()) {
            html.markup("<section>\n").element("h2", pipeline.id().toString());
            html.element("p", flow(pipeline));
            List<List<Cell>> rows = new ArrayList<>();
            for (Edge edge : pipeline.edges()) {
                rows.add(row(edge, rates.of(pipeline.id(), edge)));
            }
            html.table("What entered each component", COLUMNS, rows).markup("</section>\n");
        }
    }

    private static String flow(Pipeline pipeline) {
        List<String> stages = new ArrayList<>();
        stages.add(joined(pipeline.receivers()));
        pipeline.processors().forEach(processor -> stages.add(processor.toString()));
        stages.add(joined(pipeline.exporters()));
        return String.join(" → ", stages);
    }

    private static String joined(List<ComponentId> ids) {
        return ids.stream().map(ComponentId::toString).collect(Collectors.joining(", "));
    }

    private static List<Cell> row(Edge edge, @Nullable Rate rate) {
        return List.of(
                Cell.of(edge.from() + " → " + edge.to()),
                Cell.of(rate == null ? UNKNOWN : Figures.rate(rate.accepted())),
                new Cell(rate == null ? UNKNOWN : Figures.rate(rate.refused()), rate != null && rate.refused() > 0),
                new Cell(rate == null ? UNKNOWN : Figures.rate(rate.failed()), rate != null && rate.failed() > 0),
                Cell.of(rate == null ? UNKNOWN : Figures.bytes(rate.bytes())),
                Cell.of(Figures.count(edge.accepted())),
                new Cell(Figures.count(edge.refused()), edge.refused() > 0),
                new Cell(Figures.count(edge.failed()), edge.failed() > 0),
                Cell.of(Figures.bytes((double) edge.bytes())));
    }

    private static JsonObject json(Edge edge, @Nullable Rate rate) {
        JsonObject json = new JsonObject()
                .put("from", edge.from().toString())
                .put("to", edge.to().toString())
                .put("accepted", edge.accepted())
                .put("refused", edge.refused())
                .put("failed", edge.failed())
                .put("bytes", edge.bytes());
        if (rate != null) {
            json.put(
                    "per_second",
                    new JsonObject()
                            .put("over_seconds", rate.seconds())
                            .put("accepted", rate.accepted())
                            .put("refused", rate.refused())
                            .put("failed", rate.failed())
                            .put("bytes", rate.bytes()));
        }
        return json;
    }

    private static JsonArray names(List<ComponentId> ids) {
        JsonArray names = new JsonArray();
        ids.forEach(id -> names.add(id.toString()));
        return names;
    }
}
