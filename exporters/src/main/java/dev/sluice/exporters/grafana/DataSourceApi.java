package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Makes data sources that Grafana lacks. Of one that is there only type and address are put right, so that it keeps what people have set. */
final class DataSourceApi {
    private static final String WHAT = "making a data source in Grafana";
    private static final String ALL = "/api/datasources";

    private final GrafanaApi api;

    DataSourceApi(GrafanaApi api) {
        this.api = api;
    }

    Future<Outcome> put(JsonObject source) {
        String one = ALL + "/uid/" + source.getString("uid");
        return api.get(one).compose(reply -> switch (reply) {
            case HttpReply.Answer answer when answer.success() -> change(one, known(answer), source);
            default ->
                GrafanaApi.missing(reply)
                        ? send(HttpMethod.POST, ALL, source)
                        : Future.succeededFuture(HttpOutcome.of(WHAT, reply));
        });
    }

    private Future<Outcome> change(String one, JsonObject known, JsonObject source) {
        JsonObject right = known.copy()
                .put("type", source.getString("type"))
                .put("url", source.getString("url"))
                .put("access", source.getString("access"));
        return right.equals(known) ? Outcome.accepted() : send(HttpMethod.PUT, one, right);
    }

    private Future<Outcome> send(HttpMethod method, String path, JsonObject body) {
        return api.send(method, path, body).map(reply -> HttpOutcome.of(WHAT, reply));
    }

    private static JsonObject known(HttpReply.Answer answer) {
        try {
            return GrafanaApi.body(answer).toJsonObject();
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }
}
