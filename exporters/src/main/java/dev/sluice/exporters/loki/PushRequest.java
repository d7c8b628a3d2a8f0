package dev.sluice.exporters.loki;

import dev.sluice.exporters.Shipment;
import dev.sluice.otlp.Bytes;
import io.vertx.core.Future;

/**
 * One request.
 *
 * @param tenant empty for none
 * @param body as it is sent: compressed at once, since what waits for an answer takes far less memory then
 * @param items lines that are in it
 */
record PushRequest(String tenant, Future<Bytes> body, int items) implements Shipment.Request {
    /** Always: a later request may go on with a stream of an earlier one. */
    @Override
    public boolean ordered() {
        return true;
    }
}
