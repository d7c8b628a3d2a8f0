package dev.sluice.transport.client;

import dev.sluice.gotext.GoHostPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL to send to.
 *
 * @param path with the query, beginning with a slash
 * @param authorization the header that the URL's user makes, or empty
 */
public record HttpTarget(boolean ssl, String host, int port, String path, String authorization) {
    /** Null for what is not a URL of http or https with a host. */
    public static @Nullable HttpTarget parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return null;
        }
        boolean ssl = scheme.equals("https");
        int port = uri.getPort() < 0 ? ssl ? 443 : 80 : uri.getPort();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new HttpTarget(ssl, GoHostPort.host(host), port, path + query, authorization(uri.getUserInfo()));
    }

    /** The host as it stands in a URL: an address of IPv6 in brackets. */
    String name() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String authorization(@Nullable String user) {
        return user == null ? "" : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
