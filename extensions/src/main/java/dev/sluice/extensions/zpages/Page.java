package dev.sluice.extensions.zpages;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One page. Made anew for each answer. */
interface Page {
    /** Such as {@code /debug/servicez}. */
    String path();

    /** The heading, and the word in the links between pages. */
    String title();

    /** The page with what it has to ask for; itself if that is nothing. */
    default Future<Page> ready() {
        return Future.succeededFuture(this);
    }

    JsonObject json();

    /** What stands below the heading. */
    void show(Html html);

    /** There is no HTML. */
    default boolean onlyJson() {
        return false;
    }

    /** It changes all the time, so that one may want to watch it. */
    default boolean live() {
        return false;
    }
}
