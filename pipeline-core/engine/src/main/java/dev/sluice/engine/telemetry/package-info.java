/** What Sluice tells about itself: metrics, and where they come from. */
@org.jspecify.annotations.NullMarked
package dev.sluice.engine.telemetry;
