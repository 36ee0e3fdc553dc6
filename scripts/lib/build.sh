# Builds if anything changed; for scripts that run the program. Ends in order when it is told to.
# The jar alone says nothing: a build that was broken off may have left it without its libraries.
built=target/built
if [ ! -f $built ] || [ -n "$(find pom.xml src/main schema -newer $built | head -n 1)" ]; then
  mkdir -p target
  rm -f $built
  touch $built.new
  mvn -B -q package -DskipTests &
  build=$!
  trap 'kill $build; wait $build || true; exit 0' TERM INT
  wait $build
  trap - TERM INT
  mv $built.new $built
fi
