package dev.sluice.transport.client;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which proxy stands before a server: the configured one, or what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say. */
final class ProxySettings {
    private ProxySettings() {}

    /** What is wrong with a {@code proxy_url}, or null. */
    static @Nullable String problem(String url) {
        return url.isEmpty() || parse(url) != null ? null : "invalid proxy_url: \"" + url + "\"";
    }

    /** The proxy for a server, or null for none. {@code url} is valid. */
    static @Nullable ProxyOptions of(String url, HttpTarget target, Map<String, String> environment) {
        if (!url.isEmpty()) {
            return parse(url);
        }
        String found = variable(environment, target.ssl() ? "HTTPS_PROXY" : "HTTP_PROXY");
        return found.isEmpty() || direct(target, variable(environment, "NO_PROXY")) ? null : parse(found);
    }

    private static @Nullable ProxyOptions parse(String url) {
        URI uri;
        try {
            uri = new URI(url.contains("://") ? url : "http://" + url);
        } catch (URISyntaxException e) {
            return null;
        }
        if (uri.getHost() == null) {
            return null;
        }
        ProxyOptions proxy = new ProxyOptions().setHost(uri.getHost());
        switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http" -> proxy.setType(ProxyType.HTTP).setPort(port(uri, 80));
            case "https" ->
                proxy.setType(ProxyType.HTTPS)
                        .setPort(port(uri, 443))
                        .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
            case "socks5", "socks5h" -> proxy.setType(ProxyType.SOCKS5).setPort(port(uri, 1080));
            default -> {
                return null;
            }
        }
        String user = uri.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            proxy.setUsername(colon < 0 ? user : user.substring(0, colon));
            proxy.setPassword(colon < 0 ? "" : user.substring(colon + 1));
        }
        return proxy;
    }

    private static int port(URI uri, int standard) {
        return uri.getPort() < 0 ? standard : uri.getPort();
    }

    /** This machine is never behind a proxy; else the list has hosts, domains with all below them, or {@code *}. */
    private static boolean direct(HttpTarget target, String list) {
        String host = target.host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.equals("::1") || host.startsWith("127.")) {
            return true;
        }
        for (String entry : list.toLowerCase(Locale.ROOT).split(",", -1)) {
            String item = entry.strip();
            String domain = item.startsWith("*.") ? item.substring(1) : item;
            boolean below = host.endsWith(domain.startsWith(".") ? domain : "." + domain);
            boolean same = host.equals(domain) || (host + ":" + target.port()).equals(domain);
            if (item.equals("*") || same || (below && !domain.isEmpty())) {
                return true;
            }
        }
        return false;
    }

    private static String variable(Map<String, String> environment, String name) {
        String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
    }
}
