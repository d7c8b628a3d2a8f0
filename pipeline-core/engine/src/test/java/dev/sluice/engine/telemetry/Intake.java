package dev.sluice.engine.telemetry;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.otlp.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** An OTLP/HTTP server that keeps what it is sent. */
final class Intake implements AutoCloseable {
    record Request(String path, Map<String, List<String>> headers, Bytes body) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final HttpServer server;

    Intake() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes();
            }
            requests.add(new Request(
                    exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), Bytes.of(body)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    Request next() throws InterruptedException {
        Request request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nothing was sent");
        }
        return request;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
