package dev.sluice.extensions.zpages;

import dev.sluice.api.ComponentId;
import dev.sluice.api.ServiceInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The extensions that run. */
record ExtensionsPage(ServiceInfo service) implements Page {
    @Override
    public String path() {
        return "/debug/extensionz";
    }

    @Override
    public String title() {
        return "Extensions";
    }

    @Override
    public JsonObject json() {
        JsonArray extensions = new JsonArray();
        service.extensions().forEach(id -> extensions.add(id.toString()));
        return new JsonObject().put("extensions", extensions);
    }

    @Override
    public void show(Html html) {
        html.markup("<ul>\n");
        for (ComponentId id : service.extensions()) {
            html.element("li", id.toString());
        }
        html.markup("</ul>\n");
    }
}
