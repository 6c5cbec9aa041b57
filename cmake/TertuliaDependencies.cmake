# The libraries that Tertulia links, each as one imported target. All are Debian packages (packages.debian).
find_package(Threads REQUIRED)
find_package(ICU 67 REQUIRED COMPONENTS uc i18n data)
find_package(SQLite3 3.37 REQUIRED)

# name, header, library
function(tertulia_find_library name header library)
  find_path(${name}_INCLUDE_DIR NAMES ${header})
  find_library(${name}_LIBRARY NAMES ${library})
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  if(NOT ${name}_INCLUDE_DIR OR NOT ${name}_LIBRARY)
    message(FATAL_ERROR "${name} is missing (header ${header}, library ${library}); see packages.debian")
  endif()
  if(NOT TARGET tertulia_${name})
    add_library(tertulia_${name} INTERFACE IMPORTED GLOBAL)
    target_include_directories(tertulia_${name} SYSTEM INTERFACE "${${name}_INCLUDE_DIR}")
    target_link_libraries(tertulia_${name} INTERFACE "${${name}_LIBRARY}")
    set_target_properties(tertulia_${name} PROPERTIES TERTULIA_LIBRARY ${library})
  endif()
endfunction()

tertulia_find_library(fasttext fasttext/fasttext.h fasttext)
tertulia_find_library(sodium sodium.h sodium)
tertulia_find_library(re2 re2/re2.h re2)
tertulia_find_library(liblinear linear.h linear)

find_path(RAPIDJSON_INCLUDE_DIR NAMES rapidjson/document.h REQUIRED)
add_library(tertulia_rapidjson INTERFACE IMPORTED GLOBAL)
target_include_directories(tertulia_rapidjson SYSTEM INTERFACE "${RAPIDJSON_INCLUDE_DIR}")
set_target_properties(tertulia_rapidjson PROPERTIES TERTULIA_LIBRARY none)

if(TERTULIA_BUILD_TESTS)
  find_package(doctest REQUIRED)
endif()
