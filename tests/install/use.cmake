# zh: 装进一个临时的文件夹，配置、构建、运行一个小小的外面的项目。
# en: Installs into a temporary folder, then configures, builds and runs a tiny outside project.
function(step)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
if(WAY STREQUAL "wrong_sanitizer")
  set(SANITIZE address)
endif()
if(WAY STREQUAL "other_compiler")
  set(COMPILER ${OTHER})
  set(IPO OFF)
endif()
if(NOT WAY STREQUAL "add_subdirectory")
  step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
  set(where -D CMAKE_PREFIX_PATH=${WORK}/prefix)
else()
  # zh: 这里只问能不能这样用；不优化，源文件合起来编译，好构建得快些。
  # en: The question is whether it works at all; not optimised and with sources joined, so that it
  #     builds sooner.
  set(BUILD_TYPE None)
  set(IPO OFF)
  set(where -D CMAKE_UNITY_BUILD=ON -D NEWPROC_SOURCE=${SOURCE}
    -D NEWPROC_SANITIZE=${SANITIZE} -D NEWPROC_CHECKED=${CHECKED})
endif()
if(SANITIZE)
  list(APPEND where -D CMAKE_CXX_FLAGS=-fsanitize=${SANITIZE})
endif()
step(${CMAKE_COMMAND} -G ${GENERATOR} -S ${APP} -B ${WORK}/build
  -D CMAKE_MAKE_PROGRAM=${MAKE_PROGRAM} -D CMAKE_CXX_COMPILER=${COMPILER}
  -D CMAKE_BUILD_TYPE=${BUILD_TYPE} -D CMAKE_INTERPROCEDURAL_OPTIMIZATION=${IPO} ${where})
step(${CMAKE_COMMAND} --build ${WORK}/build --parallel 2)
if(WAY STREQUAL "wrong_sanitizer")
  # zh: 库没有这个清洁器：一句话说清，不是一堆误报。
  # en: The library lacks this sanitizer: told in a sentence, not by a heap of false reports.
  execute_process(COMMAND ${WORK}/build/app RESULT_VARIABLE result ERROR_VARIABLE said)
  if(NOT result EQUAL 2 OR NOT said MATCHES "build one with -DNEWPROC_SANITIZE=address\n$")
    message(FATAL_ERROR "exit code ${result}:\n${said}")
  endif()
  return()
endif()
step(${WORK}/build/app)
if(NOT output STREQUAL "1275\n")
  message(FATAL_ERROR "the program printed: ${output}")
endif()
