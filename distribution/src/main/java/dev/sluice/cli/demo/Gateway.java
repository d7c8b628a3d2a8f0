package dev.sluice.cli.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Stands for an API gateway: routes with their own latencies, of which a few calls are slow and a few fail, told by the real OpenTelemetry SDK
 * under the semantic conventions for HTTP servers. No call takes place; the times are made up. One thread.
 */
final class Gateway {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> PEER = AttributeKey.stringKey("server.address");

    private static final List<Route> ROUTES = List.of(
            new Route("GET", "/api/products", "catalog", 50, 18, 0.002),
            new Route("GET", "/api/products/{id}", "catalog", 80, 9, 0.01),
            new Route("POST", "/api/orders", "orders", 15, 70, 0.03),
            new Route("GET", "/api/orders/{id}", "orders", 30, 25, 0.01),
            new Route("POST", "/api/payments", "payments", 8, 180, 0.05));

    /** The buckets that the semantic conventions advise for durations in seconds. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    /** What every call waits while the gateway is in trouble. */
    private static final Duration TROUBLE = Duration.ofSeconds(3);

    private final RandomGenerator random;
    private final Tracer tracer;
    private final DoubleHistogram durations;
    private final Logger log;
    private boolean troubled;

    Gateway(OpenTelemetrySdk sdk, RandomGenerator random) {
        this.random = random;
        tracer = sdk.getTracer("api-gateway");
        durations = sdk.getMeter("api-gateway")
                .histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setDescription("Duration of HTTP server requests.")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
        log = sdk.getSdkLoggerProvider().get("api-gateway");
    }

    /** From now on every call takes much longer than it should, or no longer does. */
    void troubled(boolean now) {
        troubled = now;
    }

    /** One request that ends at this time. */
    void serve(Instant end) {
        Route route = pick();
        boolean failed = random.nextDouble() < route.failures;
        boolean slow = random.nextDouble() < 0.02;
        // Latencies are skewed: about log-normal around the route's own, and some calls wait for a timeout upstream.
        double millis = route.millis * Math.exp(0.5 * random.nextGaussian()) * (slow ? 25 : 1);
        Duration took = Duration.ofNanos((long) (millis * 1e6)).plus(troubled ? TROUBLE : Duration.ZERO);
        Instant start = end.minus(took);
        long status = failed ? (random.nextBoolean() ? 503 : 500) : route.method.equals("POST") ? 201 : 200;

        Span server = tracer.spanBuilder(route.method + " " + route.path)
                .setParent(Context.root())
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start)
                .setAttribute(METHOD, route.method)
                .setAttribute(ROUTE, route.path)
                .setAttribute(PATH, route.path.replace("{id}", Integer.toString(random.nextInt(1, 1000))))
                .setAttribute(SCHEME, "https")
                .setAttribute(STATUS, status)
                .startSpan();
        Context context = Context.root().with(server);
        callUpstream(route, context, start.plus(took.dividedBy(20)), end.minus(took.dividedBy(50)), failed);
        if (failed) {
            server.setAttribute(ERROR, Long.toString(status)).setStatus(StatusCode.ERROR);
        }
        server.end(end);
        durations.record(took.toNanos() / 1e9, labels(route, status, failed), context);
        tell(route, context, end, took, status, failed, slow);
    }

    private void callUpstream(Route route, Context parent, Instant start, Instant end, boolean failed) {
        Span client = tracer.spanBuilder(route.method)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(start)
                .setAttribute(METHOD, route.method)
                .setAttribute(PEER, route.upstream)
                .startSpan();
        if (failed) {
            client.addEvent("retry", start.plus(Duration.between(start, end).dividedBy(2)));
            client.setStatus(StatusCode.ERROR, "upstream " + route.upstream + " is not available");
        }
        client.end(end);
    }

    private void tell(
            Route route, Context context, Instant end, Duration took, long status, boolean failed, boolean slow) {
        if (!failed && !slow) {
            return;
        }
        log.logRecordBuilder()
                .setContext(context)
                .setTimestamp(end)
                .setSeverity(failed ? Severity.ERROR : Severity.WARN)
                .setSeverityText(failed ? "ERROR" : "WARN")
                .setBody(route.method + " " + route.path + (failed ? " failed with " + status : " was slow: ")
                        + (failed ? "" : took.toMillis() + " ms"))
                .setAllAttributes(labels(route, status, failed))
                .emit();
    }

    private static Attributes labels(Route route, long status, boolean failed) {
        Attributes labels = Attributes.of(METHOD, route.method, ROUTE, route.path, STATUS, status, SCHEME, "https");
        return failed ? labels.toBuilder().put(ERROR, Long.toString(status)).build() : labels;
    }

    private Route pick() {
        int at = random.nextInt(ROUTES.stream().mapToInt(Route::weight).sum());
        for (Route route : ROUTES) {
            at -= route.weight;
            if (at < 0) {
                return route;
            }
        }
        return ROUTES.getLast();
    }

    /**
     * One route.
     *
     * @param weight how often it is called, against the others
     * @param millis its median latency
     * @param failures the share of calls that fail
     */
    private record Route(String method, String path, String upstream, int weight, double millis, double failures) {}
}
