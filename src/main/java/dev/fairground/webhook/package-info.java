/** Events sent to addresses that organizations name, signed, and tried again until they arrive. */
@NullMarked
package dev.fairground.webhook;

import org.jspecify.annotations.NullMarked;
