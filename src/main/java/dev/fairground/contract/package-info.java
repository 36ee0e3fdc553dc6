/** Access grants: the right that an approval gives, from its terms and signatures to its end. */
@NullMarked
package dev.fairground.contract;

import org.jspecify.annotations.NullMarked;
