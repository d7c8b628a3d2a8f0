package dev.sluice.extensions.zpages;

import dev.sluice.api.ServiceInfo;
import dev.sluice.extensions.zpages.Html.Cell;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The feature gates and whether they are on. */
record FeaturesPage(ServiceInfo service) implements Page {
    @Override
    public String path() {
        return "/debug/featurez";
    }

    @Override
    public String title() {
        return "Feature gates";
    }

    @Override
    public JsonObject json() {
        JsonObject gates = new JsonObject();
        service.featureGates().forEach(gates::put);
        return new JsonObject().put("feature_gates", gates);
    }

    @Override
    public void show(Html html) {
        List<List<Cell>> rows = new ArrayList<>();
        service.featureGates().forEach((id, on) -> rows.add(List.of(Cell.of(id), Cell.of(on ? "on" : "off"))));
        html.table("Gates are set with --feature-gates", List.of("Gate", "State"), rows);
    }
}
