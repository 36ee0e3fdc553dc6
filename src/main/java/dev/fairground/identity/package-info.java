/**
 * Who calls: tokens of programs, and people and services that sign in by OpenID Connect. It turns a
 * credential into a {@link dev.fairground.kernel.Viewer}; what that one may do is asked elsewhere.
 */
@NullMarked
package dev.fairground.identity;

import org.jspecify.annotations.NullMarked;
