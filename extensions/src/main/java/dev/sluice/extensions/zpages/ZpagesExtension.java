package dev.sluice.extensions.zpages;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Extension;
import dev.sluice.api.Timer;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.HttpListener;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers with a {@link Page}, as HTML or as JSON, and reads the counts of the pipelines every second to know their rates. */
final class ZpagesExtension implements Extension {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String HOME = "/debug/servicez";
    /** The pages bring their style with them and load nothing. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ComponentContext context;
    private final HttpListener listener;
    private final Rates rates = new Rates();
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private @Nullable Timer timer;

    ZpagesExtension(ZpagesConfig config, ComponentContext context) {
        this.context = context;
        this.listener = new HttpListener(config.server(), context, this::answer);
        add(new ServicePage(context.service(), context.clock()));
        add(new PipelinesPage(context.service(), rates));
        add(new RulesPage(context.service(), Map.of()));
        add(new ExtensionsPage(context.service()));
        add(new FeaturesPage(context.service()));
        if (config.expvar().enabled()) {
            add(new VariablesPage(context.service()));
        }
    }

    @Override
    public Future<?> start() {
        timer = context.every(PERIOD, this::readCounts);
        return listener.start();
    }

    @Override
    public Future<?> stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        return listener.stop();
    }

    /** The port listened on; -1 while there is none. */
    int port() {
        return listener.port();
    }

    private void add(Page page) {
        pages.put(page.path(), page);
    }

    private void readCounts() {
        rates.read(context.service().pipelines(), context.clock().nanoTime());
    }

    private void answer(HttpCall call) {
        call.header("cache-control", "no-store")
                .header("x-content-type-options", "nosniff")
                .header("content-security-policy", POLICY);
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            call.header("allow", "GET, HEAD").text(405, "Method Not Allowed");
            return;
        }
        String path = call.path();
        Page page = pages.get(path);
        if (page != null) {
            page.ready()
                    .onSuccess(ready -> show(ready, call))
                    .onFailure(cause -> call.text(500, String.valueOf(cause.getMessage())));
        } else if (path.equals("/") || path.equals("/debug") || path.equals("/debug/")) {
            call.header("location", HOME).empty(302);
        } else {
            call.text(404, "404 page not found");
        }
    }

    private void show(Page page, HttpCall call) {
        readCounts();
        Map<String, List<String>> query = new QueryStringDecoder(call.query(), false).parameters();
        String accept = call.header("accept");
        boolean json = query.containsKey("format")
                ? query.get("format").contains("json")
                : accept != null && accept.contains("application/json") && !accept.contains("text/html");
        call.header("vary", "accept");
        if (json || page.onlyJson()) {
            call.answer(
                    200, "application/json; charset=utf-8", bytes(page.json().encodePrettily() + "\n"));
            return;
        }
        PageFrame frame = new PageFrame(List.copyOf(pages.values()), page, query.containsKey("live"));
        call.answer(200, "text/html; charset=utf-8", bytes(frame.html(context.clock())));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
