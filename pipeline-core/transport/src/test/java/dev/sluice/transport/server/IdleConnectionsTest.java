package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Loop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bytes of the heap that an idle connection holds, beside those of the client in the same JVM. A limit is a fifth above what there is
 * now: whoever needs more says so here and in docs/benchmarks.md.
 */
class IdleConnectionsTest {
    private static final int CONNECTIONS = 500;
    private static final byte[] REQUEST =
            "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\n\0".getBytes(StandardCharsets.US_ASCII);

    /** A line of a histogram: rank, instances, bytes, name. */
    private static final Pattern CLASS =
            Pattern.compile("^ *\\d+: +(?<count>\\d+) +(?<bytes>\\d+) +(?<name>\\S+)", Pattern.MULTILINE);

    private final Loop loop = new Loop("otlp");
    private final HttpListener listener =
            new HttpListener(HttpServerConfig.at("127.0.0.1:0"), loop.surroundings(), call -> call.empty(200));

    private record Objects(long count, long bytes) {}

    /** What a client does once it is connected. */
    private interface Beginning {
        void on(SocketChannel client) throws IOException;
    }

    @BeforeEach
    void listen() {
        loop.call(listener::start);
    }

    @AfterEach
    void stop() {
        loop.call(listener::stop);
        loop.close();
    }

    @Test
    void aConnectionCostsLittleUntilItSaysSomething() throws Exception {
        costsAtMost(2_250, client -> {});
    }

    @Test
    void aConnectionCostsNoCodecAfterARequest() throws Exception {
        costsAtMost(2_250, client -> {
            client.write(ByteBuffer.wrap(REQUEST));
            read(client);
        });
    }

    @Test
    void anHttp2ConnectionCostsItsCodec() throws Exception {
        costsAtMost(4_900, client -> {
            client.write(StandardCharsets.US_ASCII.encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
            client.write(ByteBuffer.wrap(RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[0])));
            read(client);
            client.write(ByteBuffer.wrap(RawHttp2.bytes(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0])));
        });
    }

    /** On the server's side. */
    private void costsAtMost(double bytes, Beginning beginning) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel silent = ServerSocketChannel.open()) {
            silent.bind(new InetSocketAddress(here, 0), 3 * CONNECTIONS);
            Map<String, Double> objects = objects(new InetSocketAddress(here, listener.port()), beginning);
            Map<String, Double> ofClients = objects((InetSocketAddress) silent.getLocalAddress(), client -> {});
            ofClients.forEach((name, some) -> objects.merge(name, -some, Double::sum));
            assertThat(objects.values().stream().mapToDouble(some -> some).sum())
                    .as("bytes a connection: %s", objects)
                    .isLessThan(bytes);
        }
    }

    /** Bytes a connection by class, of those classes that have an object for each. */
    private Map<String, Double> objects(InetSocketAddress address, Beginning beginning) throws Exception {
        List<SocketChannel> clients = new ArrayList<>(2 * CONNECTIONS);
        try {
            connect(clients, address, beginning);
            Map<String, Objects> before = histogram();
            connect(clients, address, beginning);
            Map<String, Double> more = new TreeMap<>();
            histogram().forEach((name, after) -> {
                Objects known = before.getOrDefault(name, new Objects(0, 0));
                if (after.count() - known.count() >= CONNECTIONS - 5) {
                    more.put(name, (double) (after.bytes() - known.bytes()) / CONNECTIONS);
                }
            });
            return more;
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static void connect(List<SocketChannel> clients, InetSocketAddress address, Beginning beginning)
            throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel client = SocketChannel.open(address);
            clients.add(client);
            beginning.on(client);
        }
    }

    private static void read(SocketChannel client) throws IOException {
        client.read(ByteBuffer.allocate(1024));
    }

    /** Live objects when all who are connected have come to the loop; without buffers, which the allocator keeps for reuse. */
    private Map<String, Objects> histogram() throws Exception {
        try (RawHttp last = new RawHttp(listener.port())) {
            assertThat(last.send(REQUEST).read().status()).isEqualTo(200);
        }
        loop.get(() -> true);
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Objects> objects = new HashMap<>();
        CLASS.matcher(histogram)
                .results()
                .filter(line -> !line.group("name").equals("[B"))
                .forEach(line -> objects.put(
                        line.group("name"),
                        new Objects(Long.parseLong(line.group("count")), Long.parseLong(line.group("bytes")))));
        return objects;
    }
}
