package dev.sluice.receivers.otlp;

import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.HttpHandler;
import java.util.Map;
import org.slf4j.Logger;

/** OTLP/HTTP: finds signal and encoding of a request (opentelemetry.io/docs/specs/otlp, "OTLP/HTTP"). */
final class OtlpHttp implements HttpHandler {
    private final Map<String, SignalInlet> paths;
    private final Logger log;

    OtlpHttp(Map<String, SignalInlet> paths, Logger log) {
        this.paths = Map.copyOf(paths);
        this.log = log;
    }

    @Override
    public void handle(HttpCall call) {
        SignalInlet inlet = paths.get(call.path());
        if (inlet == null) {
            call.text(404, "404 page not found");
            return;
        }
        if (!call.method().equals("POST")) {
            call.text(405, "text/plain", "405 method not allowed, supported: [POST]");
            return;
        }
        HttpEncoding encoding = HttpEncoding.of(call.header("content-type"));
        if (encoding == null) {
            call.text(
                    415,
                    "text/plain",
                    "415 unsupported media type, supported: [application/json, application/x-protobuf]");
            return;
        }
        call.receive(new HttpExport(call, inlet, encoding, log));
    }
}
